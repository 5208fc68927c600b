package dev.backstay.ui.namespace;

import dev.backstay.model.ClusterIdentity;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.VolumeSnapshotInfo;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How well the PVCs of one cluster are protected, by the restore points and VolumeSnapshots that
/// are known at one moment.
public final class Standing {

  private record Key(String namespace, String pvc) {}

  private final Map<Key, RestorePoint> newest = new HashMap<>();
  private final Set<Key> snapshots = new HashSet<>();
  private final Instant now;

  /// @param points of any cluster, newest first
  public Standing(
      List<RestorePoint> points,
      ClusterIdentity cluster,
      List<VolumeSnapshotInfo> snapshots,
      Instant now) {
    this.now = now;
    points.stream()
        .filter(point -> point.cluster().sameAs(cluster))
        .forEach(point ->
            point
                .volumes()
                .forEach(v -> newest.putIfAbsent(new Key(point.namespace(), v.pvc()), point)));
    snapshots.forEach(s -> this.snapshots.add(new Key(s.namespace(), s.pvc())));
  }

  /// The newest restore point that holds its data.
  public @Nullable RestorePoint newest(PvcInfo pvc) {
    return newest.get(key(pvc));
  }

  private static Key key(PvcInfo pvc) {
    return new Key(pvc.namespace(), pvc.name());
  }

  public Protection of(PvcInfo pvc) {
    RestorePoint point = newest(pvc);
    return Protection.of(
        pvc,
        point == null ? null : point.time(),
        point != null && point.partial(),
        snapshots.contains(key(pvc)),
        now);
  }

  /// A cluster without the kinds of VolumeSnapshots is an ordinary one: nothing is missing.
  public static boolean worthTelling(ItemFailure warning) {
    return !warning.code().equals("cluster.no-volumesnapshots");
  }
}
