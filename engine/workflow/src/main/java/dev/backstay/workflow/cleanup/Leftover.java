package dev.backstay.workflow.cleanup;

/// A temporary object of this installation in a cluster.
///
/// @param job the job that made it
/// @param kind `Pod`, `PersistentVolumeClaim`, `VolumeSnapshot` or `VolumeGroupSnapshot`; of a PVC
///   whose label alone is temporary, `PersistentVolumeClaim (only a label)`
/// @param namespace where
/// @param name its name
/// @param inUse whether the job is running, in this process or another: it is left alone then
public record Leftover(String job, String kind, String namespace, String name, boolean inUse) {}
