package dev.backstay.cluster.manifest;

import dev.backstay.cluster.discovery.ResourceType;
import java.util.Set;

/// Which objects of a namespace to read.
///
/// @param only kinds as `configmaps`, `deployments.apps` (qualified plurals); empty for all
/// @param except kinds to leave out
/// @param labelSelector which objects, empty for all
/// @param clusterScoped whether to read what the namespace needs of the cluster
public record ManifestSelection(
    Set<String> only, Set<String> except, String labelSelector, boolean clusterScoped) {

  /// Everything.
  public static final ManifestSelection ALL = new ManifestSelection(Set.of(), Set.of(), "", true);

  public ManifestSelection {
    only = Set.copyOf(only);
    except = Set.copyOf(except);
  }

  boolean includes(ResourceType type) {
    String name = type.qualifiedPlural();
    return (only.isEmpty() || only.contains(name)) && !except.contains(name);
  }
}
