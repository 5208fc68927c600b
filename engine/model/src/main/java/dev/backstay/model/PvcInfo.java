package dev.backstay.model;

import java.util.List;

/// A PVC as it is in the cluster.
///
/// @param namespace where it is
/// @param name its name
/// @param uid its uid
/// @param phase `Pending`, `Bound` or `Lost`
/// @param requested bytes asked for, -1 if unknown
/// @param capacity bytes it has, -1 if not bound
/// @param storageClass its class, or empty
/// @param accessModes `ReadWriteOnce`, …
/// @param volumeMode `Filesystem` or `Block`
/// @param volume the PV it is bound to, or empty
/// @param driver the CSI driver or the in-tree plugin, or empty if unknown
/// @param pods names of the pods that mount it and have not ended
/// @param snapshot whether a VolumeSnapshot of it can be taken
/// @param snapshotClass which VolumeSnapshotClass would serve it, and why
public record PvcInfo(
    String namespace,
    String name,
    String uid,
    String phase,
    long requested,
    long capacity,
    String storageClass,
    List<String> accessModes,
    String volumeMode,
    String volume,
    String driver,
    List<String> pods,
    Ability snapshot,
    SnapshotClassChoice snapshotClass) {

  public PvcInfo {
    accessModes = List.copyOf(accessModes);
    pods = List.copyOf(pods);
  }
}
