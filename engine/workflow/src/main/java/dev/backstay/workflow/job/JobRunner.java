package dev.backstay.workflow.job;

import dev.backstay.catalog.Catalog;
import dev.backstay.catalog.JobRow;
import dev.backstay.model.ConflictException;
import dev.backstay.model.InternalException;
import dev.backstay.model.LockedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.Outcome;
import dev.backstay.workflow.journal.IdText;
import dev.backstay.workflow.journal.JournalView;
import dev.backstay.workflow.journal.Journals;
import dev.backstay.workflow.journal.OpenJournal;
import dev.backstay.workflow.lock.JobGrant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs jobs, one virtual thread each, and knows all of them: its own, other processes' and dead
/// ones. Safe for use by many threads.
///
/// The journal is what a job cannot start without; the catalog is history, so a catalog that
/// refuses is logged and made up for by a later start.
public final class JobRunner implements AutoCloseable {

  /// How long a shutdown waits for the clean-up of what it cancelled.
  private static final Duration SHUTDOWN = Duration.ofSeconds(30);

  private static final int LISTED = 1000;

  private final Journals journals;
  private final Catalog catalog;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final History history;
  private final Map<JobId, RunningJob> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// Takes over nothing and contacts nothing. The journals and the catalog stay the caller's to
  /// close, after this.
  public JobRunner(
      Journals journals, Catalog catalog, InstantSource clock, RandomGenerator random) {
    this.journals = journals;
    this.catalog = catalog;
    this.clock = clock;
    this.random = random;
    this.history = new History(catalog);
  }

  /// Brings the history up to date with the journals: ended jobs are folded into it, jobs of dead
  /// processes are marked interrupted. To be called once at the start; contacts nothing.
  ///
  /// @return the jobs found interrupted or with something left over, for the user to be told
  public List<JournalView> tidy() {
    journals.dropUnbegun();
    List<JournalView> told = new ArrayList<>();
    for (JournalView view : journals.all()) {
      if (!view.alive()) {
        fold(view);
        if (view.interrupted() || !view.leftovers().isEmpty()) {
          told.add(view);
        }
      }
    }
    return told;
  }

  /// Another process may do the same at the same time; both write the same.
  private void fold(JournalView view) {
    Optional<JobRow> known = catalog.job(view.job().text());
    Instant started = known.map(JobRow::started).orElse(null);
    String state = view.end() == null ? History.INTERRUPTED : JobState.ENDED.name();
    JobRow row = History.row(view, state, started);
    if (!known.equals(Optional.of(row))) {
      catalog.putJob(row);
    }
    if (view.end() != null && view.leftovers().isEmpty()) {
      journals.claim(view.job()).ifPresent(OpenJournal::delete);
    }
  }

  /// Starts a job.
  ///
  /// @throws dev.backstay.model.StorageException if its journal cannot be written
  /// @throws dev.backstay.model.ForbiddenException if its context is locked
  public JobHandle submit(Job job) {
    requireOpen();
    Runnable release = lease(job);
    try {
      OpenJournal journal = journals.begin(new JobId(IdText.random(random)), job.spec());
      return start(job, journal, null, release);
    } catch (RuntimeException e) {
      release.run();
      throw e;
    }
  }

  /// A job is granted what it needs before anything of it exists, and until all of it has ended.
  private static Runnable lease(Job job) {
    return job.grant().map(JobGrant::lease).map(lease -> (Runnable) lease::close).orElse(() -> {});
  }

  /// Takes up the job of a dead process under its own id: the job sees what was done in
  /// [JobContext#past()].
  ///
  /// @throws dev.backstay.model.NotFoundException if there is no such journal
  /// @throws dev.backstay.model.LockedException if some process works on it
  /// @throws dev.backstay.model.ForbiddenException if its context is locked
  public JobHandle resume(JobId dead, Job job) {
    requireOpen();
    Runnable release = lease(job);
    try {
      return resume(dead, job, release);
    } catch (RuntimeException e) {
      release.run();
      throw e;
    }
  }

  private JobHandle resume(JobId dead, Job job, Runnable release) {
    OpenJournal journal = claim(dead);
    JournalView past = journal.view();
    try {
      journal.takenUp();
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
    return start(job, journal, past, release);
  }

  /// Ends the job of a dead process that will not be taken up, once nothing of it is left over: it
  /// counts as failed with `job.interrupted` from then on. Does nothing while something is left
  /// over, or if the job has an end.
  ///
  /// @throws dev.backstay.model.NotFoundException if there is no such journal
  /// @throws dev.backstay.model.LockedException if some process works on it
  public void settle(JobId dead) {
    try (OpenJournal journal = claim(dead)) {
      if (!journal.view().leftovers().isEmpty()) {
        return;
      }
      if (journal.view().end() == null) {
        journal.ended(new Outcome.Failed(interrupted(dead), List.of()));
      }
    }
    journals.find(dead).ifPresent(this::fold);
  }

  private static InternalException interrupted(JobId job) {
    return new InternalException(
        "job.interrupted", "the process of job " + job + " ended before the job", "start it again");
  }

  private OpenJournal claim(JobId dead) {
    return journals.claim(dead).orElseThrow(() -> notClaimable(dead));
  }

  private RuntimeException notClaimable(JobId job) {
    return journals.find(job).isPresent()
        ? new LockedException(
            "journal.taken", "job " + job + " is worked on already", "wait until it has ended")
        : new NotFoundException(
            "job.unknown", "there is no unfinished job " + job, "list them with: backstay jobs");
  }

  private void requireOpen() {
    if (closed) {
      throw new ConflictException("job.closing", "the program is about to end", "start it again");
    }
  }

  private JobHandle start(
      Job job, OpenJournal journal, @Nullable JournalView past, Runnable release) {
    RunningJob started = new RunningJob(job, journal, past, history, clock);
    running.put(started.id(), started);
    Thread.ofVirtual()
        .name("job-" + started.id())
        .start(() -> {
          try {
            started.run();
          } finally {
            running.remove(started.id());
            release.run();
          }
        });
    return started;
  }

  /// The job, if it runs in this process.
  public Optional<JobHandle> running(JobId id) {
    return Optional.ofNullable(running.get(id));
  }

  /// All jobs, newest first: the history, running ones of every process, and dead ones.
  public List<JobSummary> jobs() {
    Map<JobId, JobSummary> all = new HashMap<>();
    Map<JobId, RunningJob> here = Map.copyOf(running);
    List<JournalView> journalled = journals.all();
    Map<String, JobRow> rows = new HashMap<>();
    catalog.jobs(LISTED).forEach(row -> rows.put(row.id(), row));
    rows.values().forEach(row -> past(row).ifPresent(s -> all.put(s.id(), s)));
    for (JournalView view : journalled) {
      JobRow row = rows.get(view.job().text());
      boolean endedMeanwhile = view.alive() && row != null && row.end() != null;
      if (!endedMeanwhile || here.containsKey(view.job())) {
        all.put(view.job(), Summaries.elsewhere(view, row == null ? null : row.started()));
      }
    }
    here.forEach((id, job) -> all.put(id, job.summary()));
    return all.values().stream()
        .sorted(
            Comparator.comparing(JobSummary::submitted)
                .reversed()
                .thenComparing(s -> s.id().text()))
        .toList();
  }

  /// A row without an end may be of a job that began after the journals were listed.
  private Optional<JobSummary> past(JobRow row) {
    Optional<JobSummary> past = Summaries.past(row);
    return row.end() != null
        ? past
        : past.map(summary ->
            journals
                .find(summary.id())
                .map(view -> Summaries.elsewhere(view, row.started()))
                .orElse(summary));
  }

  /// A job's log so far.
  public List<JobLine> log(JobId id) {
    List<JobLine> lines = new ArrayList<>();
    catalog.log(id.text()).forEach(l -> lines.add(new JobLine(l.time(), l.text())));
    RunningJob job = running.get(id);
    if (job != null) {
      lines.addAll(job.waitingLines());
    }
    return List.copyOf(lines);
  }

  /// Cancels what runs and waits for its clean-up, at most half a minute: what then still runs will
  /// be found interrupted at the next start.
  @Override
  public void close() {
    closed = true;
    List<RunningJob> cancelled = List.copyOf(running.values());
    cancelled.forEach(RunningJob::cancel);
    long deadline = System.nanoTime() + SHUTDOWN.toNanos();
    for (RunningJob job : cancelled) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      var _ = job.await(left);
    }
    history.close();
  }
}
