package dev.backstay.repository.copy;

import dev.backstay.model.ItemFailure;
import dev.backstay.repository.snapshot.Snapshot;
import java.util.List;

/// Which snapshots would be copied.
///
/// @param copied those that the target does not have, oldest first
/// @param skipped those that it has
/// @param damaged snapshot files of the source that cannot be read, of those that were asked for:
///   by host, tag or path nobody knows
public record CopyPlan(List<Snapshot> copied, List<Skipped> skipped, List<ItemFailure> damaged) {

  /// @param snapshot of the source
  /// @param copy the id of the one that the target has
  public record Skipped(Snapshot snapshot, String copy) {}

  /// Whether there is nothing to do.
  public boolean isEmpty() {
    return copied.isEmpty();
  }
}
