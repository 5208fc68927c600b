package dev.backstay.sandbox.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.ConnectionSettings;
import dev.backstay.cluster.connection.TrustPrompt;
import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.cluster.kubeconfig.Kubeconfig;
import dev.backstay.cluster.kubeconfig.KubeconfigFiles;
import dev.backstay.sandbox.Sandbox;
import dev.backstay.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// A cluster that a contract is checked on.
///
/// @param kubeconfig of an administrator
/// @param end what to do afterwards
record ContractCluster(Kubeconfig kubeconfig, Runnable end) {

  static ContractCluster sandbox() {
    try {
      Path folder = Files.createTempDirectory("backstay-sandbox");
      Sandbox sandbox = Sandbox.start(SandboxOptions.in(folder));
      KubeconfigFiles files = KubeconfigFiles.of(sandbox.kubeconfig(), Map.of(), folder);
      return new ContractCluster(Kubeconfig.load(files), sandbox::close);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static ContractCluster real() {
    assumeTrue(System.getenv("KUBECONFIG") != null, "no real cluster: KUBECONFIG is not set");
    Path home = Path.of(System.getProperty("user.home"));
    return new ContractCluster(
        Kubeconfig.load(KubeconfigFiles.of(null, System.getenv(), home)), () -> {});
  }

  ClusterConnection open(Impersonation as) {
    ConnectionSettings settings =
        new ConnectionSettings(
            System.getenv(),
            Path.of("/nonexistent"),
            InstantSource.system(),
            TrustPrompt.REFUSE,
            false);
    return ClusterConnection.open(kubeconfig, "", as, settings);
  }
}
