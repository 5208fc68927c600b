package dev.backstay.repository.snapshot;

import dev.backstay.repository.blob.BlobId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A snapshot that is to be committed.
///
/// @param time when the backup was begun
/// @param tree the root, saved through the writer that commits it
/// @param paths absolute paths of what was backed up
/// @param hostname where
/// @param username by whom, or empty
/// @param excludes patterns that were left out
/// @param tags free words
/// @param parent the id of the snapshot it was compared with, or null
/// @param counts what was met
public record SnapshotDraft(
    Instant time,
    BlobId tree,
    List<String> paths,
    String hostname,
    String username,
    List<String> excludes,
    List<String> tags,
    @Nullable String parent,
    FileCounts counts) {}
