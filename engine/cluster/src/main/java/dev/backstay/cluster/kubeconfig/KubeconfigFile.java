package dev.backstay.cluster.kubeconfig;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What one file says.
///
/// @param problems what could not be read of it, one sentence each
record KubeconfigFile(
    Path path,
    String currentContext,
    Map<String, ContextEntry> contexts,
    Map<String, ClusterEntry> clusters,
    Map<String, UserEntry> users,
    List<String> problems) {

  static KubeconfigFile broken(Path path, String problem) {
    return new KubeconfigFile(path, "", Map.of(), Map.of(), Map.of(), List.of(problem));
  }
}
