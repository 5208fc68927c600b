package dev.backstay.workflow.cluster;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which context of which kubeconfigs, and as whom.
///
/// @param kubeconfig the value of `--kubeconfig`, or null for `KUBECONFIG` and the default file
/// @param context the context's name, or empty for the current one
/// @param asUser whom to impersonate, or empty
/// @param asGroups groups to impersonate
/// @param trust asked before a kubeconfig outside the default place runs a program
public record ContextRequest(
    @Nullable Path kubeconfig,
    String context,
    String asUser,
    List<String> asGroups,
    TrustQuestion trust) {

  public ContextRequest {
    asGroups = List.copyOf(asGroups);
  }

  /// The current context of the usual kubeconfigs, as oneself, running no foreign program.
  public static final ContextRequest CURRENT =
      new ContextRequest(null, "", "", List.of(), (file, command) -> false);

  public ContextRequest withContext(String name) {
    return new ContextRequest(kubeconfig, name, asUser, asGroups, trust);
  }

  /// Whether a kubeconfig may run a program; asked once, then remembered.
  @FunctionalInterface
  public interface TrustQuestion {
    /// @param file the kubeconfig
    /// @param command the program and its arguments
    boolean mayRun(Path file, List<String> command);
  }
}
