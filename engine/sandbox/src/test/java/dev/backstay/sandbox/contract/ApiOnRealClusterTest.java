package dev.backstay.sandbox.contract;

import org.junit.jupiter.api.Tag;

@Tag("cluster")
class ApiOnRealClusterTest extends ApiContract {

  @Override
  ContractCluster start() {
    return ContractCluster.real();
  }
}
