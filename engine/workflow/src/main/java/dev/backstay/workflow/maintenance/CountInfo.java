package dev.backstay.workflow.maintenance;

/// What `stats` counts in one of restic's modes; see there.
public record CountInfo(
    String mode,
    long snapshots,
    long bytes,
    long files,
    long blobs,
    long uncompressed,
    double ratio,
    double progress,
    double saving) {}
