package dev.backstay.workflow.volumesnapshot;

import dev.backstay.model.PvcInfo;

/// One VolumeSnapshot that would be taken.
///
/// @param pvc of which PVC
/// @param name its name; empty in a group, where the snapshot controller names it
/// @param snapshotClass its VolumeSnapshotClass; empty in a group or if none serves
/// @param reason why that class
/// @param deletionPolicy that class's, or empty if unknown
public record PlannedTake(
    PvcInfo pvc, String name, String snapshotClass, String reason, String deletionPolicy) {}
