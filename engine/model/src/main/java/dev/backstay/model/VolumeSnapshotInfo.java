package dev.backstay.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A VolumeSnapshot of any origin.
///
/// @param namespace where it is
/// @param name its name
/// @param uid its uid
/// @param pvc the PVC it was cut from, or empty for a static one
/// @param snapshotClass its VolumeSnapshotClass, or empty
/// @param driver the driver that holds it, or empty if its content may not be read
/// @param deletionPolicy `Delete`, `Retain`, or empty if its content may not be read
/// @param content the VolumeSnapshotContent it is bound to, or empty
/// @param group the VolumeGroupSnapshot it belongs to, or empty
/// @param ready whether a volume can be made from it
/// @param restoreSize bytes a volume made from it needs, -1 if unknown
/// @param cut when it was cut, null if not yet
/// @param created when the object was made
/// @param error what the driver says is wrong, or empty
/// @param owner the tool that made it, guessed from labels: `Backstay`, `Velero`, …, or empty
public record VolumeSnapshotInfo(
    String namespace,
    String name,
    String uid,
    String pvc,
    String snapshotClass,
    String driver,
    String deletionPolicy,
    String content,
    String group,
    boolean ready,
    long restoreSize,
    @Nullable Instant cut,
    @Nullable Instant created,
    String error,
    String owner) {}
