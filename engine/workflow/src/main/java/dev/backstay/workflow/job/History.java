package dev.backstay.workflow.job;

import dev.backstay.catalog.Catalog;
import dev.backstay.catalog.JobEnd;
import dev.backstay.catalog.JobLogLine;
import dev.backstay.catalog.JobRow;
import dev.backstay.model.EngineException;
import dev.backstay.workflow.journal.JournalEnd;
import dev.backstay.workflow.journal.JournalView;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes jobs into the catalog, in order and beside the jobs' own threads: a busy or full catalog
/// holds no job up. What could not be written is made up for from the journal at a later start.
final class History implements AutoCloseable {

  static final String INTERRUPTED = "INTERRUPTED";

  private static final Logger LOG = LoggerFactory.getLogger(History.class);

  private final Catalog catalog;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("job-history").factory());

  History(Catalog catalog) {
    this.catalog = catalog;
  }

  /// @return whether it was written
  CompletableFuture<Boolean> write(JobRow row) {
    return later("job " + row.id(), () -> catalog.putJob(row));
  }

  CompletableFuture<Boolean> log(JobId job, List<JobLine> lines) {
    List<JobLogLine> rows = lines.stream().map(l -> new JobLogLine(l.time(), l.text())).toList();
    return later("log of job " + job, () -> catalog.appendLog(job.text(), rows));
  }

  private CompletableFuture<Boolean> later(String what, Runnable write) {
    try {
      return CompletableFuture.supplyAsync(() -> attempt(what, write), writer);
    } catch (RejectedExecutionException e) {
      LOG.warn("{} is not in the history yet: the program is about to end", what);
      return CompletableFuture.completedFuture(false);
    }
  }

  private static boolean attempt(String what, Runnable write) {
    try {
      write.run();
      return true;
    } catch (EngineException e) {
      LOG.warn("{} is not in the history yet: {}", what, e.getMessage());
      return false;
    }
  }

  /// A row of what a journal says.
  static JobRow row(JournalView view, String state, @Nullable Instant started) {
    JobSpec spec = view.spec();
    boolean running = view.alive() && view.end() == null;
    return new JobRow(
        view.job().text(),
        spec.kind().name(),
        state,
        spec.context(),
        spec.clusterId(),
        spec.namespace(),
        spec.repository(),
        spec.details(),
        view.begun(),
        started,
        running ? null : view.last(),
        view.end() == null ? null : end(view.end()));
  }

  static JobEnd end(JournalEnd end) {
    return new JobEnd(
        end.outcome(), end.restorePoint(), end.error(), end.failures(), end.warnings());
  }

  @Override
  public void close() {
    writer.close();
  }
}
