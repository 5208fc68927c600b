package dev.backstay.workflow.repository;

import java.time.Instant;
import java.util.List;

/// A snapshot, as a table shows it.
///
/// @param id 64 hex characters
/// @param time when it was begun
/// @param hostname where; for restore points the cluster's id
/// @param username by whom, or empty
/// @param paths what was backed up
/// @param tags free words; restore points have `key=value`
/// @param program what wrote it, or empty
/// @param files how many files it holds, -1 if its writer did not say
/// @param bytes plain bytes of them, -1 if its writer did not say
public record SnapshotInfo(
    String id,
    Instant time,
    String hostname,
    String username,
    List<String> paths,
    List<String> tags,
    String program,
    long files,
    long bytes) {

  public String shortId() {
    return id.substring(0, 8);
  }
}
