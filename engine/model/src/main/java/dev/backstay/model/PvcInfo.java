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
/// @param temporary whether a job of Backstay made it for the time that it runs
/// @param unfinishedRestore the id of the job that began to write a restore point into it and has
///   not finished, or empty
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
    SnapshotClassChoice snapshotClass,
    boolean temporary,
    String unfinishedRestore) {

  public PvcInfo {
    accessModes = List.copyOf(accessModes);
    pods = List.copyOf(pods);
  }
}
