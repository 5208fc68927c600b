package dev.backstay.workflow.job;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.journal.JobJournal;
import dev.backstay.workflow.journal.JournalView;
import java.util.Optional;

/// What a running job is given.
public interface JobContext {

  JobId id();

  CancelToken cancel();

  /// Written and synced before every step that leaves something outside this process.
  JobJournal journal();

  ProgressCounter progress();

  /// What the dead process that began this job had journalled; empty for a job that begins now.
  default Optional<JournalView> past() {
    return Optional.empty();
  }

  /// One line of the job's log: stored in the catalog and shown. No secrets.
  void log(String line);

  /// A warning that belongs to the outcome; also logged.
  void warn(ItemFailure warning);
}
