package dev.backstay.workflow.job;

import dev.backstay.catalog.Catalog;
import dev.backstay.catalog.JobLogLine;
import dev.backstay.workflow.journal.JournalView;
import dev.backstay.workflow.journal.Journals;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Runs jobs, one virtual thread each, and knows all of them: its own, other processes' and dead
/// ones. Safe for use by many threads.
///
/// The journal is what a job cannot start without; the catalog is history, so a catalog that
/// refuses is logged and made up for by a later start.
@SuppressWarnings({"DoNotCallSuggester", "InlineMeSuggester", "unused"}) // signatures first
public final class JobRunner implements AutoCloseable {

  /// Takes over nothing and contacts nothing. The journals and the catalog stay the caller's to
  /// close, after this.
  public JobRunner(
      Journals journals, Catalog catalog, InstantSource clock, RandomGenerator random) {
    throw new UnsupportedOperationException("" + clock + random);
  }

  /// Brings the history up to date with the journals: ended jobs are folded into it, jobs of dead
  /// processes are marked interrupted. To be called once at the start; contacts nothing.
  ///
  /// @return the jobs found interrupted or with something left over, for the user to be told
  public List<JournalView> tidy() {
    throw new UnsupportedOperationException();
  }

  /// Starts a job.
  ///
  /// @throws dev.backstay.model.StorageException if its journal cannot be written
  public JobHandle submit(Job job) {
    throw new UnsupportedOperationException(job.toString());
  }

  /// Takes up the job of a dead process under its own id: the job sees what was done in
  /// [JobContext#past()].
  ///
  /// @throws dev.backstay.model.NotFoundException if there is no such journal
  /// @throws dev.backstay.model.LockedException if some process works on it
  public JobHandle resume(JobId dead, Job job) {
    throw new UnsupportedOperationException(dead.toString() + job);
  }

  /// The job, if it runs in this process.
  public Optional<JobHandle> running(JobId id) {
    throw new UnsupportedOperationException(id.toString());
  }

  /// All jobs, newest first: the history, running ones of every process, and dead ones.
  public List<JobSummary> jobs() {
    throw new UnsupportedOperationException();
  }

  /// A job's log so far.
  public List<JobLogLine> log(JobId id) {
    throw new UnsupportedOperationException(id.toString());
  }

  /// Cancels what runs and waits for its clean-up, at most the time a shutdown may take.
  @Override
  public void close() {}
}
