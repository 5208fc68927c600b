package dev.backstay.sandbox;

import java.nio.file.Path;
import java.time.Duration;

/// How a sandbox is started.
///
/// @param folder where volumes, VolumeSnapshots and the kubeconfig lie; made if it is not there,
///   and owned by the sandbox: whatever is in it may be removed
/// @param port of the loopback address, or 0 for any that is free
/// @param tls whether the server speaks HTTPS with a certificate of its own. Without it nobody is
///   asked who they are: kubectl sends no credentials over plain HTTP, so everybody is an
///   administrator
/// @param podStart how long a pod takes from bound to ready
/// @param history how many changes a watch can go back before it is told 410
public record SandboxOptions(Path folder, int port, boolean tls, Duration podStart, int history) {

  /// HTTPS on a free port, pods that are ready almost at once.
  public static SandboxOptions in(Path folder) {
    return new SandboxOptions(folder, 0, true, Duration.ofMillis(20), 50_000);
  }

  public SandboxOptions withPlainHttp() {
    return new SandboxOptions(folder, port, false, podStart, history);
  }

  public SandboxOptions withPodStart(Duration duration) {
    return new SandboxOptions(folder, port, tls, duration, history);
  }

  public SandboxOptions withHistory(int changes) {
    return new SandboxOptions(folder, port, tls, podStart, changes);
  }
}
