package dev.backstay.cluster.connection;

import dev.backstay.cluster.lock.OperationLock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// What a connection needs of its surroundings.
///
/// @param environment for exec plugins and proxies: the process environment. The login shell is
///   asked for its PATH ([LoginShell]) only when a plugin is not found on this one
/// @param state the folder where trust decisions are kept
/// @param clock the time, for the expiry of credentials
/// @param trust asks before a kubeconfig outside the default place runs a program
/// @param interactive whether a plugin may use the terminal
/// @param lock asked before every request
public record ConnectionSettings(
    Map<String, String> environment,
    Path state,
    InstantSource clock,
    TrustPrompt trust,
    boolean interactive,
    OperationLock lock) {

  public ConnectionSettings {
    environment = Map.copyOf(environment);
  }

  /// For contexts that nobody protects.
  public ConnectionSettings(
      Map<String, String> environment,
      Path state,
      InstantSource clock,
      TrustPrompt trust,
      boolean interactive) {
    this(environment, state, clock, trust, interactive, OperationLock.OPEN);
  }
}
