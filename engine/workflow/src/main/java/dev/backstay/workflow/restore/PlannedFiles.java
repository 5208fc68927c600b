package dev.backstay.workflow.restore;

import java.util.List;
import java.util.Map;

/// What restoring would do with the files of one PVC, as it was when they were looked at.
///
/// @param files the first of them, those that change before those that stay
/// @param counts how many there are of each action; an action without any is absent
/// @param unknown why it is not known what is there, empty if it is
public record PlannedFiles(
    List<PlannedFile> files, Map<PlannedFile.Action, Long> counts, String unknown) {

  public static final PlannedFiles NONE = new PlannedFiles(List.of(), Map.of(), "");

  public PlannedFiles {
    files = List.copyOf(files);
    counts = Map.copyOf(counts);
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Whether there are more than are listed.
  public boolean cut() {
    return total() > files.size();
  }
}
