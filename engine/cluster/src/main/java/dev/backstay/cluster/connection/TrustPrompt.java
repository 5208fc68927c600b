package dev.backstay.cluster.connection;

import java.nio.file.Path;
import java.util.List;

/// Asks the user once before a kubeconfig outside the default place runs a program.
@FunctionalInterface
public interface TrustPrompt {

  /// Refuses, for when nobody can be asked.
  TrustPrompt REFUSE = (file, command) -> false;

  /// May block as long as the user thinks.
  ///
  /// @param file the kubeconfig
  /// @param command the program and its arguments
  /// @return whether to run it, now and as long as neither changes
  boolean mayRun(Path file, List<String> command);
}
