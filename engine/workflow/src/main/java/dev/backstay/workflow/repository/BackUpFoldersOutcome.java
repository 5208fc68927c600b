package dev.backstay.workflow.repository;

import dev.backstay.model.ItemFailure;
import java.util.List;

/// What a backup of local folders made. The snapshot holds everything but the failures.
///
/// @param addedBytes plain bytes that the repository did not have
/// @param storedBytes the same, compressed and sealed
/// @param warnings what is damaged in the repository; the snapshot is whole nevertheless
public record BackUpFoldersOutcome(
    SnapshotInfo snapshot,
    long addedBytes,
    long storedBytes,
    List<ItemFailure> failures,
    List<ItemFailure> warnings) {}
