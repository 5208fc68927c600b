package dev.backstay.repository.local;

import dev.backstay.repository.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How folders of this machine are backed up.
///
/// @param excludes patterns as restic's `--exclude`: `*.tmp`, `cache/`, `/abs/path`, with `**`
/// @param tags written into the snapshot
/// @param hostname written into the snapshot
/// @param parent the snapshot whose unchanged files are not read again, or null
public record ArchiveOptions(
    List<String> excludes, List<String> tags, String hostname, @Nullable Snapshot parent) {}
