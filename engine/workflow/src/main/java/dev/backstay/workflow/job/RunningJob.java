package dev.backstay.workflow.job;

import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.InternalException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Outcome;
import dev.backstay.workflow.journal.JobJournal;
import dev.backstay.workflow.journal.JournalView;
import dev.backstay.workflow.journal.OpenJournal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One job of this process, from its submission to its end: what its body is given and what its
/// owner holds.
final class RunningJob implements JobHandle {

  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

  private final Job job;
  private final JobSpec spec;
  private final OpenJournal journal;
  private final @Nullable JournalView past;
  private final History history;
  private final InstantSource clock;
  private final JobLog log;
  private final Progress progress = new Progress(System::nanoTime);
  private final CancelToken token = new CancelToken();
  private final List<ItemFailure> warnings = new ArrayList<>();
  private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
  private JobState state = JobState.QUEUED;
  private @Nullable Instant started;

  /// @param past what was journalled before, null for a job that begins now
  RunningJob(
      Job job,
      OpenJournal journal,
      @Nullable JournalView past,
      History history,
      InstantSource clock) {
    this.job = job;
    this.spec = job.spec(); // may ask the cluster who it is
    this.journal = journal;
    this.past = past;
    this.history = history;
    this.clock = clock;
    this.log = new JobLog(journal.job(), history, clock);
  }

  void run() {
    var _ = history.write(History.row(journal.view(), begin().name(), startedAt()));
    Outcome outcome;
    try {
      outcome = withWarnings(body());
    } catch (Throwable e) {
      outcome = withWarnings(ending(e));
    }
    finish(outcome);
  }

  private synchronized JobState begin() {
    started = clock.instant();
    if (state == JobState.QUEUED) {
      state = JobState.RUNNING;
    }
    return state;
  }

  private Outcome body() {
    token.checkpoint();
    return job.run(new Context());
  }

  private Outcome ending(Throwable error) {
    return switch (error) {
      case CancelledException _ -> new Outcome.Cancelled(List.of());
      case InternalException e -> failedByUs(e, e);
      case EngineException e when token.isCancelled() -> {
        // a connection that the cancelling closed looks like any other broken one
        log.add("while cancelling: " + e.getMessage());
        yield new Outcome.Cancelled(List.of());
      }
      case EngineException e -> new Outcome.Failed(e, List.of());
      default ->
          failedByUs(
              error,
              new InternalException(
                  "job.broken",
                  "job " + id() + " stopped by a mistake of ours",
                  "report it with the log file",
                  error));
    };
  }

  private Outcome failedByUs(Throwable error, InternalException shown) {
    LOG.error("job {} stopped by a mistake of ours", id(), error);
    return new Outcome.Failed(shown, List.of());
  }

  private Outcome withWarnings(Outcome outcome) {
    Set<ItemFailure> all = new LinkedHashSet<>(outcome.warnings());
    synchronized (warnings) {
      all.addAll(warnings);
    }
    List<ItemFailure> merged = List.copyOf(all);
    return switch (outcome) {
      case Outcome.Completed o -> new Outcome.Completed(o.restorePoint(), merged);
      case Outcome.PartiallyFailed o ->
          new Outcome.PartiallyFailed(o.restorePoint(), o.failures(), merged);
      case Outcome.Failed o -> new Outcome.Failed(o.error(), merged);
      case Outcome.Cancelled _ -> new Outcome.Cancelled(merged);
    };
  }

  /// The journal first: it is what counts if the process dies between the two.
  private void finish(Outcome outcome) {
    try {
      boolean noted = noteEnd(outcome);
      JournalView view = journal.view();
      log.flush();
      boolean kept =
          noted
              && history.write(History.row(view, JobState.ENDED.name(), startedAt())).join()
              && view.leftovers().isEmpty();
      if (kept) {
        journal.delete();
      } else {
        journal.close();
      }
    } catch (RuntimeException e) {
      LOG.error("the end of job {} was not kept", id(), e);
      journal.close();
    } finally {
      synchronized (this) {
        state = JobState.ENDED;
      }
      ended.complete(outcome);
    }
  }

  private boolean noteEnd(Outcome outcome) {
    try {
      journal.ended(outcome);
      return true;
    } catch (EngineException e) {
      LOG.warn("the end of job {} is not in its journal: {}", id(), e.getMessage());
      return false;
    }
  }

  private synchronized @Nullable Instant startedAt() {
    return started;
  }

  JobSummary summary() {
    return Summaries.live(journal.view(), state(), startedAt());
  }

  List<JobLine> waitingLines() {
    return log.waiting();
  }

  private synchronized JobState state() {
    return state;
  }

  @Override
  public JobId id() {
    return journal.job();
  }

  @Override
  public JobSpec spec() {
    return spec;
  }

  @Override
  public JobProgress progress() {
    return progress.look(state());
  }

  @Override
  public void cancel() {
    synchronized (this) {
      if (state == JobState.ENDED || state == JobState.CANCELLING) {
        return;
      }
      state = JobState.CANCELLING;
    }
    // closing a connection may take a moment
    Thread.startVirtualThread(token::cancel);
  }

  @Override
  public Outcome await() {
    return ended.join();
  }

  @Override
  public Optional<Outcome> await(Duration atMost) {
    try {
      return Optional.of(ended.copy().orTimeout(atMost.toNanos(), TimeUnit.NANOSECONDS).join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// What the body sees.
  private final class Context implements JobContext {

    @Override
    public JobId id() {
      return journal.job();
    }

    @Override
    public CancelToken cancel() {
      return token;
    }

    @Override
    public JobJournal journal() {
      return new LoggedJournal(journal, log);
    }

    @Override
    public ProgressCounter progress() {
      return progress;
    }

    @Override
    public Optional<JournalView> past() {
      return Optional.ofNullable(past);
    }

    @Override
    public void log(String line) {
      log.add(line);
    }

    @Override
    public void warn(ItemFailure warning) {
      synchronized (warnings) {
        warnings.add(warning);
      }
      log.add("warning: " + warning.item() + ": " + warning.message());
    }
  }
}
