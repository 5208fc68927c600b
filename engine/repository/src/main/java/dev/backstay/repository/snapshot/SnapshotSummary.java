package dev.backstay.repository.snapshot;

import java.time.Instant;

/// What the backup that made a snapshot did, as restic's `summary`.
public record SnapshotSummary(
    Instant backupStart,
    Instant backupEnd,
    long filesNew,
    long filesChanged,
    long filesUnmodified,
    long dirsNew,
    long dirsChanged,
    long dirsUnmodified,
    long dataBlobs,
    long treeBlobs,
    long dataAdded,
    long dataAddedPacked,
    long totalFilesProcessed,
    long totalBytesProcessed) {}
