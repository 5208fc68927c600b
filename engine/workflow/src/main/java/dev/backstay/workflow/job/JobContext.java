package dev.backstay.workflow.job;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.journal.JobJournal;

/// What a running job is given.
public interface JobContext {

  JobId id();

  CancelToken cancel();

  /// Written and synced before every step that leaves something outside this process.
  JobJournal journal();

  ProgressCounter progress();

  /// One line of the job's log: stored in the catalog and shown. No secrets.
  void log(String line);

  /// A warning that belongs to the outcome; also logged.
  void warn(ItemFailure warning);
}
