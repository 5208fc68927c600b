package dev.backstay.model;

/// A StorageClass, what its driver can do, and how we know.
///
/// @param name its name
/// @param driver its provisioner
/// @param isDefault whether claims without a class get it
/// @param reclaimPolicy `Delete` or `Retain`
/// @param bindingMode `Immediate` or `WaitForFirstConsumer`
/// @param snapshot VolumeSnapshots
/// @param cloning a PVC from another PVC
/// @param expansion larger than it was made
/// @param grouping several volumes at one moment
/// @param snapshotClass which VolumeSnapshotClass would serve its PVCs
/// @param groupClass which VolumeGroupSnapshotClass would
public record StorageClassInfo(
    String name,
    String driver,
    boolean isDefault,
    String reclaimPolicy,
    String bindingMode,
    Ability snapshot,
    Ability cloning,
    Ability expansion,
    Ability grouping,
    SnapshotClassChoice snapshotClass,
    SnapshotClassChoice groupClass) {}
