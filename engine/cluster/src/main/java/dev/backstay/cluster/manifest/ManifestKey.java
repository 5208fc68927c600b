package dev.backstay.cluster.manifest;

import dev.backstay.cluster.discovery.ResourceType;
import org.jspecify.annotations.Nullable;

/// Which object a manifest is of.
///
/// @param group the API group, empty for the core group
/// @param version the version it was read in
/// @param plural the resource name
/// @param kind the kind
/// @param namespace its namespace, null for a cluster-scoped object
/// @param name its name
public record ManifestKey(
    String group,
    String version,
    String plural,
    String kind,
    @Nullable String namespace,
    String name) {

  public ResourceType type() {
    return new ResourceType(group, version, plural, kind, namespace != null);
  }

  /// For people: `configmaps/app`, `deployments.apps/shop`.
  @Override
  public String toString() {
    return type().qualifiedPlural() + "/" + name;
  }
}
