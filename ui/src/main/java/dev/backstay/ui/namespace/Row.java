package dev.backstay.ui.namespace;

import dev.backstay.model.PvcInfo;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.timeline.Mark;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of a namespace's tree.
public sealed interface Row {

  /// Names it within the tree, so that a refresh keeps the selection.
  String id();

  String name();

  /// What its lane of the time axis shows.
  List<Mark> marks();

  /// The namespace as a whole: its manifests, and every restore point.
  record Whole(String name, List<RestorePoint> points, List<Mark> marks) implements Row {
    @Override
    public String id() {
      return "namespace";
    }
  }

  /// A PVC of the cluster, or one that is only in restore points.
  ///
  /// @param pvc as it is in the cluster, null if it is gone
  /// @param used bytes of its files in the last restore point, -1 if in none
  /// @param points the restore points that hold its data, newest first
  /// @param snapshots its VolumeSnapshots, newest first
  record Volume(
      String name,
      @Nullable PvcInfo pvc,
      Protection protection,
      long used,
      List<RestorePoint> points,
      List<VolumeSnapshotInfo> snapshots,
      List<Mark> marks)
      implements Row {
    @Override
    public String id() {
      return "pvc/" + name;
    }

    @Nullable Instant last() {
      return points.isEmpty() ? null : points.getFirst().time();
    }
  }

  /// A restore point, below the namespace or below a PVC that it holds data of.
  ///
  /// @param below the id of the row it stands under
  /// @param pvc the PVC, or empty for the namespace
  record Point(String below, String pvc, RestorePoint point, List<Mark> marks) implements Row {
    @Override
    public String id() {
      return below + "/point/" + point.id();
    }

    @Override
    public String name() {
      return point.shortId();
    }
  }

  /// VolumeSnapshots that were made from a VolumeSnapshotContent: no PVC is known of them.
  ///
  /// @param snapshots newest first
  record Homeless(List<VolumeSnapshotInfo> snapshots, List<Mark> marks) implements Row {
    @Override
    public String id() {
      return "homeless";
    }

    @Override
    public String name() {
      return Texts.of("namespace.homeless");
    }
  }

  /// A VolumeSnapshot below its PVC.
  record Snapshot(VolumeSnapshotInfo snapshot, List<Mark> marks) implements Row {
    @Override
    public String id() {
      return "volumesnapshot/" + snapshot.name();
    }

    @Override
    public String name() {
      return snapshot.name();
    }
  }
}
