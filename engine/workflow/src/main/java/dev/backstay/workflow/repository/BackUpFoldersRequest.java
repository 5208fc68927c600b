package dev.backstay.workflow.repository;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The wish to back up folders of this machine.
///
/// @param paths at least one
/// @param excludes patterns as restic's `--exclude`
/// @param tags written into the snapshot
/// @param hostname written into the snapshot; empty for this machine's
/// @param force read every file again, whatever the last snapshot of the same paths says
/// @param cache a private folder where this machine keeps what it knows about the last snapshot, or
///   null; it saves time and nothing else
public record BackUpFoldersRequest(
    List<Path> paths,
    List<String> excludes,
    List<String> tags,
    String hostname,
    boolean force,
    @Nullable Path cache) {

  /// Without a cache.
  public BackUpFoldersRequest(
      List<Path> paths, List<String> excludes, List<String> tags, String hostname, boolean force) {
    this(paths, excludes, tags, hostname, force, null);
  }
}
