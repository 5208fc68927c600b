package dev.backstay.cluster.connection;

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
public record ConnectionSettings(
    Map<String, String> environment,
    Path state,
    InstantSource clock,
    TrustPrompt trust,
    boolean interactive) {

  public ConnectionSettings {
    environment = Map.copyOf(environment);
  }
}
