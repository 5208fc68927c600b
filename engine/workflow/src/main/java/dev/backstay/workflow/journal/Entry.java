package dev.backstay.workflow.journal;

import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobSpec;
import java.time.Instant;

/// One line of a journal.
sealed interface Entry {

  Instant at();

  /// Always the first.
  record Begun(Instant at, JobId job, JobSpec spec, JournalOwner owner) implements Entry {}

  record TakenUp(Instant at, JournalOwner owner) implements Entry {}

  record Step(Instant at, String name) implements Entry {}

  record Creating(Instant at, String path) implements Entry {}

  record Removed(Instant at, String path) implements Entry {}

  record Note(Instant at, String key, String value) implements Entry {}

  record Ended(Instant at, JournalEnd end) implements Entry {}
}
