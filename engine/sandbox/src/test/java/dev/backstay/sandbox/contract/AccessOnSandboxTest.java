package dev.backstay.sandbox.contract;

class AccessOnSandboxTest extends AccessContract {

  @Override
  ContractCluster start() {
    return ContractCluster.sandbox();
  }
}
