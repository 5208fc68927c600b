package dev.backstay.workflow.volumesnapshot;

/// A wish to make a PVC from a VolumeSnapshot.
///
/// @param namespace where both are: a PVC can only come from a VolumeSnapshot of its namespace
/// @param volumeSnapshot from which
/// @param pvc the new PVC's name
/// @param storageClass its StorageClass, or empty for the one that fits
/// @param size its size as Kubernetes writes it (`10Gi`), or empty for as much as is needed
/// @param patience how long to wait
public record NewClaimRequest(
    String namespace,
    String volumeSnapshot,
    String pvc,
    String storageClass,
    String size,
    Patience patience) {}
