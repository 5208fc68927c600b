package dev.backstay.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.ConnectionSettings;
import dev.backstay.cluster.connection.TrustPrompt;
import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.cluster.kubeconfig.Kubeconfig;
import dev.backstay.cluster.kubeconfig.KubeconfigFiles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// The cluster that `KUBECONFIG` names, for suites tagged `cluster`.
public final class RealCluster {

  private RealCluster() {}

  /// Skips the calling test when there is none.
  public static ClusterConnection open() {
    return open(Impersonation.NONE);
  }

  public static ClusterConnection open(Impersonation impersonation) {
    return ClusterConnection.open(
        kubeconfig(), "", impersonation, settings(Path.of("/nonexistent")));
  }

  public static Kubeconfig kubeconfig() {
    assumeTrue(System.getenv("KUBECONFIG") != null, "no real cluster: KUBECONFIG is not set");
    return Kubeconfig.load(
        KubeconfigFiles.of(null, System.getenv(), Path.of(System.getProperty("user.home"))));
  }

  public static ConnectionSettings settings(Path state) {
    Map<String, String> environment = System.getenv();
    return new ConnectionSettings(
        environment, state, InstantSource.system(), TrustPrompt.REFUSE, false);
  }
}
