package dev.backstay.workflow.job;

import dev.backstay.model.ItemFailure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of the list of jobs.
///
/// @param id its id
/// @param spec what it is about
/// @param standing how it stands
/// @param here whether it runs in this process
/// @param pid the process that runs it or ran it last, 0 if unknown
/// @param submitted when it was asked for
/// @param started null while queued or unknown
/// @param ended null unless it has; for an interrupted job the time of its last sign of life
/// @param lastStep the last step it began, null if unknown
/// @param restorePoint what it made, null if nothing
/// @param error why it failed, null unless it did
/// @param failures items that failed
/// @param warnings what it warned of
/// @param leftovers API paths of objects it may have left in the cluster
public record JobSummary(
    JobId id,
    JobSpec spec,
    JobStanding standing,
    boolean here,
    long pid,
    Instant submitted,
    @Nullable Instant started,
    @Nullable Instant ended,
    @Nullable String lastStep,
    @Nullable String restorePoint,
    @Nullable ItemFailure error,
    List<ItemFailure> failures,
    List<ItemFailure> warnings,
    List<String> leftovers) {

  /// Whether another process works on it: it can be looked at from here, and no more.
  public boolean elsewhere() {
    return !here && !standing.ended();
  }
}
