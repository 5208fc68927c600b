package dev.backstay.workflow.browse;

import dev.backstay.workflow.repository.FileInfo;

/// A file or folder that was found in a snapshot.
///
/// @param snapshot its id
public record SnapshotHit(String snapshot, FileInfo file) {}
