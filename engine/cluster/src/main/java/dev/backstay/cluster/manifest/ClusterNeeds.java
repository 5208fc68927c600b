package dev.backstay.cluster.manifest;

import dev.backstay.cluster.discovery.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which cluster-scoped objects the objects of a namespace name, found while they pass by. Safe for
/// use by many threads.
final class ClusterNeeds {

  /// One object that is needed.
  ///
  /// @param optional whether its absence is normal: a custom resource served by an aggregated API
  ///   has no CRD
  record Need(ResourceType type, String name, boolean optional) {}

  private static final ResourceType NAMESPACE =
      ResourceType.clusterScoped("", "v1", "namespaces", "Namespace");
  private static final ResourceType VOLUME =
      ResourceType.clusterScoped("", "v1", "persistentvolumes", "PersistentVolume");
  private static final ResourceType STORAGE_CLASS =
      ResourceType.clusterScoped("storage.k8s.io", "v1", "storageclasses", "StorageClass");
  private static final ResourceType SNAPSHOT_CLASS =
      ResourceType.clusterScoped(
          "snapshot.storage.k8s.io", "v1", "volumesnapshotclasses", "VolumeSnapshotClass");
  private static final ResourceType CLUSTER_ROLE =
      ResourceType.clusterScoped("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole");
  private static final ResourceType CRD =
      ResourceType.clusterScoped(
          "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition");

  /// Groups of the API server itself that look like a CRD's.
  private static final Set<String> BUILT_IN =
      Set.of(
          "networking.k8s.io",
          "discovery.k8s.io",
          "rbac.authorization.k8s.io",
          "coordination.k8s.io",
          "events.k8s.io",
          "resource.k8s.io",
          "storage.k8s.io",
          "storagemigration.k8s.io",
          "scheduling.k8s.io");

  private final Set<Need> needs = new LinkedHashSet<>();

  ClusterNeeds(String namespace) {
    needs.add(new Need(NAMESPACE, namespace, false));
  }

  synchronized List<Need> all() {
    return new ArrayList<>(needs);
  }

  private synchronized void need(ResourceType type, String name, boolean optional) {
    if (!name.isEmpty()) {
      needs.add(new Need(type, name, optional));
    }
  }

  void see(ResourceType type, JsonNode object) {
    JsonNode spec = object.path("spec");
    switch (type.qualifiedPlural()) {
      case "persistentvolumeclaims" -> {
        need(VOLUME, spec.path("volumeName").asString(""), false);
        need(STORAGE_CLASS, spec.path("storageClassName").asString(""), false);
      }
      case "statefulsets.apps" ->
          spec.path("volumeClaimTemplates")
              .forEach(t -> need(STORAGE_CLASS, classOf(t.path("spec")), false));
      case "volumesnapshots.snapshot.storage.k8s.io" ->
          need(SNAPSHOT_CLASS, spec.path("volumeSnapshotClassName").asString(""), false);
      case "rolebindings.rbac.authorization.k8s.io" -> binding(object.path("roleRef"));
      default -> custom(type);
    }
  }

  private static String classOf(JsonNode claim) {
    return claim.path("storageClassName").asString("");
  }

  private void binding(JsonNode role) {
    if (role.path("kind").asString("").equals("ClusterRole")) {
      need(CLUSTER_ROLE, role.path("name").asString(""), false);
    }
  }

  private void custom(ResourceType type) {
    if (type.group().contains(".") && !BUILT_IN.contains(type.group())) {
      need(CRD, type.plural() + "." + type.group(), true);
    }
  }
}
