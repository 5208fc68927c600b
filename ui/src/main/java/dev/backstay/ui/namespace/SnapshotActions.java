package dev.backstay.ui.namespace;

import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.ui.clusters.OpenCluster;
import java.util.List;

/// What a namespace's page offers to do with VolumeSnapshots; the shell shows the dialogs.
public interface SnapshotActions {

  void take(OpenCluster cluster, String namespace, List<String> pvcs);

  /// A new PVC from it.
  void makePvc(OpenCluster cluster, VolumeSnapshotInfo snapshot);

  /// Of one namespace, at least one.
  void delete(OpenCluster cluster, List<VolumeSnapshotInfo> snapshots);
}
