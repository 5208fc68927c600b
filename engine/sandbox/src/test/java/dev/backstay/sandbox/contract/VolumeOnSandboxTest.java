package dev.backstay.sandbox.contract;

class VolumeOnSandboxTest extends VolumeContract {

  @Override
  ContractCluster start() {
    return ContractCluster.sandbox();
  }
}
