package dev.backstay.workflow.journal;

import dev.backstay.model.Outcome;
import dev.backstay.workflow.job.JobId;

/// A journal that this process writes; nobody else does until it is closed.
public interface OpenJournal extends JobJournal, AutoCloseable {

  JobId job();

  /// What it says so far.
  JournalView view();

  /// The job has ended like this. A job that is taken up again afterwards ends again; the last one
  /// counts.
  void ended(Outcome outcome);

  /// Removes the file: the history has all of it and nothing is left over in a cluster.
  void delete();

  /// Lets go of it. Without an end the job counts as interrupted from now on.
  @Override
  void close();
}
