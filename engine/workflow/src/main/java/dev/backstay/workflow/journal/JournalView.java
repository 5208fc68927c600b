package dev.backstay.workflow.journal;

import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a journal says.
///
/// @param job whose it is
/// @param spec what the job is about
/// @param owner the last process that ran it
/// @param begun when it was submitted
/// @param last when the last entry was written
/// @param lastStep the last step that was begun, null if none
/// @param leftovers API paths of objects that may exist and were not seen gone, in the order of
///   their creation: remove them backwards
/// @param notes facts by key, the newest value of each
/// @param end how it ended, null if no end was written
/// @param alive whether a process works on it now
public record JournalView(
    JobId job,
    JobSpec spec,
    JournalOwner owner,
    Instant begun,
    Instant last,
    @Nullable String lastStep,
    List<String> leftovers,
    Map<String, String> notes,
    @Nullable JournalEnd end,
    boolean alive) {

  /// Its process is gone and no end was written.
  public boolean interrupted() {
    return !alive && end == null;
  }
}
