package dev.backstay.sandbox.state;

import java.util.List;
import java.util.Optional;

/// A kind that the API server serves, under one version.
///
/// @param group empty for the core group
/// @param custom whether a CustomResourceDefinition declares it
/// @param columns what `kubectl get` prints of a custom kind
public record Resource(
    String group,
    String version,
    String plural,
    String singular,
    String kind,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    List<String> verbs,
    List<Subresource> subresources,
    boolean custom,
    List<Column> columns) {

  /// @param groupVersion of what it takes and gives; empty for that of the resource
  public record Subresource(String name, String groupVersion, String kind, List<String> verbs) {}

  /// A printed column of a custom kind.
  public record Column(String name, String type, String path, int priority) {}

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// The same for all versions of a kind: `pods`, `deployments.apps`.
  public String storage() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  public String kindAndGroup() {
    return group.isEmpty() ? kind : kind + "." + group;
  }

  public Optional<Subresource> subresource(String name) {
    return subresources.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  public boolean hasStatus() {
    return subresource("status").isPresent();
  }

  /// Whether the server counts `metadata.generation` for it.
  public boolean hasGeneration() {
    return custom
        || group.equals("apps")
        || group.equals("batch")
        || group.equals("policy")
        || group.equals("networking.k8s.io")
        || group.equals("apiextensions.k8s.io")
        || plural.equals("pods")
        || plural.equals("replicationcontrollers");
  }
}
