package dev.backstay.repository.local;

import dev.backstay.repository.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How folders of this machine are backed up.
///
/// @param excludes patterns as restic's `--exclude`: `*.tmp`, `cache/`, `/abs/path`, with `**`
/// @param tags written into the snapshot
/// @param hostname written into the snapshot
/// @param parent the snapshot whose unchanged files are not read again, or null
/// @param cache a private folder of this machine where what is known about the parent snapshot is
///   kept, so that unchanged folders are not even looked up; or null. Nothing is lost with it.
public record ArchiveOptions(
    List<String> excludes,
    List<String> tags,
    String hostname,
    @Nullable Snapshot parent,
    @Nullable Path cache) {

  /// Without a cache.
  public ArchiveOptions(
      List<String> excludes, List<String> tags, String hostname, @Nullable Snapshot parent) {
    this(excludes, tags, hostname, parent, null);
  }
}
