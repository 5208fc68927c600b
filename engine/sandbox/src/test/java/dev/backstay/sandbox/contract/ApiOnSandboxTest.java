package dev.backstay.sandbox.contract;

class ApiOnSandboxTest extends ApiContract {

  @Override
  ContractCluster start() {
    return ContractCluster.sandbox();
  }
}
