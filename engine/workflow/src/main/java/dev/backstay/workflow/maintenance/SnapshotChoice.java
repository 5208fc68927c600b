package dev.backstay.workflow.maintenance;

import java.util.List;

/// Which snapshots, with restic's meaning: those named, else all that fit.
///
/// @param ids beginnings of ids, or `latest`
/// @param hosts any of these
/// @param tags lists separated by commas: all tags of any list
/// @param paths all of these
public record SnapshotChoice(
    List<String> ids, List<String> hosts, List<String> tags, List<String> paths) {

  public static final SnapshotChoice ALL =
      new SnapshotChoice(List.of(), List.of(), List.of(), List.of());
}
