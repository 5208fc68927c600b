package dev.backstay.cluster.kubeconfig;

import java.util.List;
import java.util.Map;

/// A program that yields credentials (client.authentication.k8s.io).
///
/// @param command name or path; a relative path with a separator was resolved against its file
/// @param arguments its arguments
/// @param environment added to the environment; values may be secrets
/// @param apiVersion `client.authentication.k8s.io/v1` or `/v1beta1`
/// @param installHint what to tell users who do not have it, or empty
/// @param provideClusterInfo whether it is told about the cluster
/// @param interactive whether it uses standard input
public record ExecPlugin(
    String command,
    List<String> arguments,
    Map<String, String> environment,
    String apiVersion,
    String installHint,
    boolean provideClusterInfo,
    InteractiveMode interactive) {

  /// As the field `interactiveMode`.
  public enum InteractiveMode {
    NEVER,
    IF_AVAILABLE,
    ALWAYS
  }

  public ExecPlugin {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  @Override
  public String toString() {
    return command;
  }
}
