package dev.backstay.workflow.repository;

import java.nio.file.Path;
import java.util.List;

/// The wish to back up folders of this machine.
///
/// @param paths at least one
/// @param excludes patterns as restic's `--exclude`
/// @param tags written into the snapshot
/// @param hostname written into the snapshot; empty for this machine's
/// @param force read every file again, whatever the last snapshot of the same paths says
public record BackUpFoldersRequest(
    List<Path> paths, List<String> excludes, List<String> tags, String hostname, boolean force) {}
