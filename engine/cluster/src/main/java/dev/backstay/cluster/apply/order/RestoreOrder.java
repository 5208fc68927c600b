package dev.backstay.cluster.apply.order;

import dev.backstay.cluster.manifest.ManifestKey;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/// In which order objects are restored: each stage needs only what earlier ones made.
public final class RestoreOrder {

  private static final Map<String, RestoreStage> STAGES =
      Map.ofEntries(
          Map.entry("/Namespace", RestoreStage.NAMESPACE),
          Map.entry("/ServiceAccount", RestoreStage.SERVICE_ACCOUNTS),
          Map.entry("/Secret", RestoreStage.CONFIGURATION),
          Map.entry("/ConfigMap", RestoreStage.CONFIGURATION),
          Map.entry("/LimitRange", RestoreStage.LIMITS),
          Map.entry("/ResourceQuota", RestoreStage.LIMITS),
          Map.entry("/PersistentVolume", RestoreStage.VOLUMES),
          Map.entry("/PersistentVolumeClaim", RestoreStage.CLAIMS),
          Map.entry("/Service", RestoreStage.SERVICES),
          Map.entry("/Endpoints", RestoreStage.SERVICES),
          Map.entry("discovery.k8s.io/EndpointSlice", RestoreStage.SERVICES),
          Map.entry("networking.k8s.io/NetworkPolicy", RestoreStage.NETWORK),
          Map.entry("/Pod", RestoreStage.WORKLOADS),
          Map.entry("/ReplicationController", RestoreStage.WORKLOADS),
          Map.entry("rbac.authorization.k8s.io/ClusterRole", RestoreStage.ROLES),
          Map.entry("rbac.authorization.k8s.io/Role", RestoreStage.ROLES),
          Map.entry("rbac.authorization.k8s.io/ClusterRoleBinding", RestoreStage.ROLE_BINDINGS),
          Map.entry("rbac.authorization.k8s.io/RoleBinding", RestoreStage.ROLE_BINDINGS),
          Map.entry("networking.k8s.io/IngressClass", RestoreStage.CLASSES));

  private static final Map<String, RestoreStage> GROUPS =
      Map.ofEntries(
          Map.entry("apiextensions.k8s.io", RestoreStage.DEFINITIONS),
          Map.entry("storage.k8s.io", RestoreStage.CLASSES),
          Map.entry("scheduling.k8s.io", RestoreStage.CLASSES),
          Map.entry("node.k8s.io", RestoreStage.CLASSES),
          Map.entry("snapshot.storage.k8s.io", RestoreStage.CLASSES),
          Map.entry("groupsnapshot.storage.k8s.io", RestoreStage.CLASSES),
          Map.entry("apps", RestoreStage.WORKLOADS),
          Map.entry("batch", RestoreStage.WORKLOADS),
          Map.entry("autoscaling", RestoreStage.AROUND_WORKLOADS),
          Map.entry("policy", RestoreStage.AROUND_WORKLOADS),
          Map.entry("networking.k8s.io", RestoreStage.AROUND_WORKLOADS),
          Map.entry("gateway.networking.k8s.io", RestoreStage.AROUND_WORKLOADS),
          Map.entry("route.openshift.io", RestoreStage.AROUND_WORKLOADS),
          Map.entry("apiregistration.k8s.io", RestoreStage.WEBHOOKS),
          Map.entry("admissionregistration.k8s.io", RestoreStage.WEBHOOKS));

  /// Within a stage: kinds that others of the stage name.
  private static final Set<String> FIRST = Set.of("Secret", "ClusterRole", "Service");

  private RestoreOrder() {}

  /// When an object's turn comes. What is unknown is custom: it comes after the operators that may
  /// look at it.
  public static RestoreStage stage(ManifestKey key) {
    RestoreStage exact = STAGES.get(key.group() + "/" + key.kind());
    if (exact != null) {
      return exact;
    }
    return GROUPS.getOrDefault(key.group(), RestoreStage.CUSTOM);
  }

  /// By stage; within a stage what others name first, then by kind and name.
  public static Comparator<ManifestKey> comparator() {
    return Comparator.comparing(RestoreOrder::stage)
        .thenComparingInt(key -> FIRST.contains(key.kind()) ? 0 : 1)
        .thenComparing(ManifestKey::group)
        .thenComparing(ManifestKey::kind)
        .thenComparing(ManifestKey::name);
  }
}
