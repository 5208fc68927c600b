package dev.backstay.sandbox.contract;

import org.junit.jupiter.api.Tag;

@Tag("cluster")
class AccessOnRealClusterTest extends AccessContract {

  @Override
  ContractCluster start() {
    return ContractCluster.real();
  }
}
