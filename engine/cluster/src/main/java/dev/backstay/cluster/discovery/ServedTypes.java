package dev.backstay.cluster.discovery;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.model.ItemFailure;
import java.util.List;
import java.util.Optional;

/// Every kind that the server serves, each in its preferred version, with the verbs it knows.
///
/// @param resources in the server's order of groups
/// @param warnings groups that could not be asked: a broken aggregated API is a warning, not the
///   end
public record ServedTypes(List<ServedResource> resources, List<ItemFailure> warnings) {

  /// One kind.
  ///
  /// @param type what it is
  /// @param verbs `get`, `list`, `create`, …
  /// @param versions all versions in which it is served, the preferred one first
  public record ServedResource(ResourceType type, List<String> verbs, List<String> versions) {}

  public ServedTypes {
    resources = List.copyOf(resources);
    warnings = List.copyOf(warnings);
  }

  /// Asks the server: aggregated discovery (two calls), or group by group where it has none.
  public static ServedTypes discover(ClusterConnection connection) {
    return new Discovery(connection).discover();
  }

  /// The kinds whose objects can be listed in a namespace.
  public List<ResourceType> listableInNamespaces() {
    return resources.stream()
        .filter(r -> r.type().namespaced() && r.verbs().contains("list"))
        .map(ServedResource::type)
        .toList();
  }

  /// Looks a kind up by group and kind, in its preferred version.
  public Optional<ServedResource> byKind(String group, String kind) {
    return resources.stream()
        .filter(r -> r.type().group().equals(group) && r.type().kind().equals(kind))
        .findFirst();
  }

  /// Looks a kind up by group and plural, in its preferred version.
  public Optional<ServedResource> byPlural(String group, String plural) {
    return resources.stream()
        .filter(r -> r.type().group().equals(group) && r.type().plural().equals(plural))
        .findFirst();
  }
}
