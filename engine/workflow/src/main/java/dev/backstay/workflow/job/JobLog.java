package dev.backstay.workflow.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of one job: lines are gathered for a moment and then written together.
final class JobLog {

  private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);
  private static final Duration GATHER = Duration.ofMillis(500);
  private static final int LINES_KEPT = 20_000;

  private final JobId job;
  private final History history;
  private final InstantSource clock;
  private final List<JobLine> waiting = new ArrayList<>();
  private boolean scheduled;
  private int count;

  JobLog(JobId job, History history, InstantSource clock) {
    this.job = job;
    this.history = history;
    this.clock = clock;
  }

  synchronized void add(String text) {
    LOG.info("job {}: {}", job, text);
    count++;
    if (count > LINES_KEPT) {
      return;
    }
    String line = count == LINES_KEPT ? "further lines are not kept" : text;
    waiting.add(new JobLine(clock.instant(), line));
    if (!scheduled) {
      scheduled = true;
      Executor later =
          CompletableFuture.delayedExecutor(
              GATHER.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread);
      later.execute(this::flush);
    }
  }

  void flush() {
    List<JobLine> lines;
    synchronized (this) {
      scheduled = false;
      lines = List.copyOf(waiting);
      waiting.clear();
    }
    if (!lines.isEmpty()) {
      var _ = history.log(job, lines);
    }
  }

  /// Lines that the catalog may not have yet.
  synchronized List<JobLine> waiting() {
    return List.copyOf(waiting);
  }
}
