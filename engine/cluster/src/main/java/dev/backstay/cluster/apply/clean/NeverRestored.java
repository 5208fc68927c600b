package dev.backstay.cluster.apply.clean;

import dev.backstay.cluster.temporary.JobTag;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is never restored, whoever asks.
final class NeverRestored {

  private static final String RECORD = "a record of what happened, not a wish";
  private static final String STORAGE = "bound to its storage: restoring it would take a new one";

  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("/Node", "a machine of its cluster"),
          Map.entry("/Event", RECORD),
          Map.entry("events.k8s.io/Event", RECORD),
          Map.entry("storage.k8s.io/CSINode", "a machine of its cluster"),
          Map.entry("storage.k8s.io/VolumeAttachment", "a volume attached to a machine"),
          Map.entry("coordination.k8s.io/Lease", "somebody's momentary claim"),
          Map.entry("velero.io/Backup", "Velero's own record"),
          Map.entry("velero.io/Restore", "Velero's own record"),
          Map.entry("velero.io/BackupRepository", "Velero's own record"),
          Map.entry("snapshot.storage.k8s.io/VolumeSnapshot", STORAGE),
          Map.entry("snapshot.storage.k8s.io/VolumeSnapshotContent", STORAGE),
          Map.entry("groupsnapshot.storage.k8s.io/VolumeGroupSnapshot", STORAGE),
          Map.entry("groupsnapshot.storage.k8s.io/VolumeGroupSnapshotContent", STORAGE),
          Map.entry("metrics.k8s.io/PodMetrics", RECORD),
          Map.entry("storage.k8s.io/CSIStorageCapacity", "what a driver measured"));

  /// ConfigMaps that a controller publishes into every namespace.
  private static final Set<String> PUBLISHED =
      Set.of("kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert");

  private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";

  private NeverRestored() {}

  /// Why, or null if it may be restored.
  static @Nullable String reason(StoredObject stored) {
    String kind = stored.key().group() + "/" + stored.key().kind();
    String known = KINDS.get(kind);
    if (known != null) {
      return known;
    }
    if (!ObjectFields.label(stored.object(), JobTag.JOB).isEmpty()) {
      return "a temporary object of a job";
    }
    if (ObjectFields.hasAnnotation(stored.object(), LEADER)) {
      return "somebody's momentary claim";
    }
    if (kind.equals("/ConfigMap") && PUBLISHED.contains(stored.key().name())) {
      return "published by the cluster into every namespace";
    }
    return null;
  }
}
