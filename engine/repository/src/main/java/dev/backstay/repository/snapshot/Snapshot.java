package dev.backstay.repository.snapshot;

import dev.backstay.repository.blob.BlobId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A committed snapshot (restic `doc/design.rst`, "Snapshots").
///
/// @param id the name of its file, 64 hex characters
/// @param time when it was begun
/// @param parent the snapshot it was compared with, or null
/// @param tree its root
/// @param paths what was backed up
/// @param hostname where; for restore points the cluster's id
/// @param username by whom
/// @param excludes patterns that were left out
/// @param tags free words; ours are `key=value`
/// @param original the first id if it was rewritten, or null
/// @param programVersion what wrote it, or empty
/// @param summary what the backup did, or null if the writer did not say
public record Snapshot(
    String id,
    Instant time,
    @Nullable String parent,
    BlobId tree,
    List<String> paths,
    String hostname,
    String username,
    List<String> excludes,
    List<String> tags,
    @Nullable String original,
    String programVersion,
    @Nullable SnapshotSummary summary) {

  /// As tables show it.
  public String shortId() {
    return id.substring(0, 8);
  }

  /// The value of our tag `key=value`, or null.
  public @Nullable String tag(String key) {
    String start = key + '=';
    for (String tag : tags) {
      if (tag.startsWith(start)) {
        return tag.substring(start.length());
      }
    }
    return null;
  }
}
