package dev.backstay.workflow.journal;

import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The journals of a folder: those this process writes, those other processes write now, and those
/// that dead ones left. Contacts nothing. Safe for use by many threads.
@SuppressWarnings({"DoNotCallSuggester", "InlineMeSuggester", "unused"}) // signatures first
public final class Journals implements AutoCloseable {

  private Journals() {}

  /// @param folder one file per job; made if absent
  /// @param installation see [Installation#id]
  public static Journals open(Path folder, String installation, InstantSource clock) {
    throw new UnsupportedOperationException(folder + installation + clock);
  }

  /// Begins the journal of a new job: its first entry is on the disk when this returns.
  ///
  /// @throws dev.backstay.model.StorageException if it cannot be written
  public OpenJournal begin(JobId job, JobSpec spec) {
    throw new UnsupportedOperationException(job.toString() + spec);
  }

  /// Every journal there is, oldest first.
  public List<JournalView> all() {
    throw new UnsupportedOperationException();
  }

  /// Jobs without an end whose process is gone.
  public List<JournalView> dead() {
    return all().stream().filter(JournalView::interrupted).toList();
  }

  /// Jobs that nobody works on and that left something in a cluster, ended or not.
  public List<JournalView> leftovers() {
    return all().stream().filter(v -> !v.alive() && !v.leftovers().isEmpty()).toList();
  }

  public Optional<JournalView> find(JobId job) {
    return all().stream().filter(v -> v.job().equals(job)).findFirst();
  }

  /// Takes over the journal of a job that nobody works on, to take the job up or to clean up after
  /// it. Empty if it does not exist or somebody has it.
  public Optional<OpenJournal> claim(JobId job) {
    throw new UnsupportedOperationException(job.toString());
  }

  @Override
  public void close() {}
}
