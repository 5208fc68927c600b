package dev.backstay.workflow.journal;

import dev.backstay.model.Outcome;
import dev.backstay.workflow.job.JobId;

/// A journal that this process writes; nobody else does until it is closed. Each writing call may
/// throw [dev.backstay.model.StorageException]: then the entry is not on the disk, and the step
/// that it announces must not be done.
public interface OpenJournal extends JobJournal, AutoCloseable {

  JobId job();

  /// What it says so far.
  JournalView view();

  /// This process goes on with the job; an end that was written before no longer counts.
  void takenUp();

  /// The job has ended like this.
  void ended(Outcome outcome);

  /// Removes the file and lets go: the history has all of it and nothing is left over in a cluster.
  void delete();

  /// Lets go of it. Without an end the job counts as interrupted from now on.
  @Override
  void close();
}
