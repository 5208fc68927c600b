package dev.backstay.workflow.volumesnapshot;

import java.util.List;

/// A wish to take VolumeSnapshots.
///
/// @param namespace where the PVCs are
/// @param pvcs of which; at least one
/// @param grouping as a group or one by one
/// @param snapshotClass the VolumeSnapshotClass, or empty for the one that serves
/// @param groupClass the VolumeGroupSnapshotClass, or empty for the one that serves
/// @param name the name of a single VolumeSnapshot or of the group, the beginning of the names of
///   several; empty for names of PVC and time
/// @param patience how long to wait
public record TakeRequest(
    String namespace,
    List<String> pvcs,
    Grouping grouping,
    String snapshotClass,
    String groupClass,
    String name,
    Patience patience) {

  public TakeRequest {
    pvcs = pvcs.stream().distinct().toList();
  }
}
