package dev.backstay.workflow.maintenance;

import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.repository.SnapshotInfo;
import java.util.List;

/// What a copy between repositories did, or would do.
///
/// @param dryRun whether nothing was changed
/// @param copied snapshots of the source that were, or would be, copied
/// @param made the ids of their copies; none for a dry run
/// @param skipped snapshots of the source that the target had already
/// @param blobs how many were sent
/// @param bytes compressed and sealed bytes that were sent
/// @param failures snapshots that could not be copied
/// @param warnings what was not as it should be and did no harm
public record CopyOutcome(
    boolean dryRun,
    List<SnapshotInfo> copied,
    List<String> made,
    List<SnapshotInfo> skipped,
    long blobs,
    long bytes,
    List<ItemFailure> failures,
    List<ItemFailure> warnings) {}
