package dev.backstay.workflow.backup;

import dev.backstay.model.ItemFailure;
import java.util.List;

/// How one PVC will be read, as a plan shows it.
///
/// @param pvc its name
/// @param storageClass its class, or empty
/// @param capacity bytes, -1 if unknown
/// @param method `VOLUME_SNAPSHOT`, `BESIDE_POD`, `IN_CONTAINER` or `NONE`
/// @param snapshotClass the VolumeSnapshotClass that serves it, or empty
/// @param consistency what the method means for what is read
/// @param losses what the method cannot carry
/// @param reasons why this method
/// @param blockers why it cannot be read, if it cannot
/// @param lastBytes bytes it had in the parent restore point, -1 if it was not in it: the size
///   estimate
public record PlannedRead(
    String pvc,
    String storageClass,
    long capacity,
    String method,
    String snapshotClass,
    String consistency,
    List<String> losses,
    List<String> reasons,
    List<ItemFailure> blockers,
    long lastBytes) {}
