package dev.backstay.sandbox.contract;

import org.junit.jupiter.api.Tag;

@Tag("cluster")
class VolumeOnRealClusterTest extends VolumeContract {

  @Override
  ContractCluster start() {
    return ContractCluster.real();
  }
}
