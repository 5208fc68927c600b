package dev.backstay.app.console;

import dev.backstay.model.Meter;
import dev.backstay.workflow.job.JobProgress;
import dev.backstay.workflow.job.JobState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// A meter that shows itself on standard error, from a thread of its own, until it is closed.
public final class MeterWatch implements Meter, AutoCloseable {

  private static final long TICK_MILLIS = 200;

  private final Console console;
  private final String phase;
  private final long begun = System.nanoTime();
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);

  private MeterWatch(Console console, String phase) {
    this.console = console;
    this.phase = phase;
  }

  public static MeterWatch start(Console console, String phase) {
    MeterWatch watch = new MeterWatch(console, phase);
    Thread.ofVirtual().name("progress").start(watch::show);
    return watch;
  }

  @Override
  public void add(long moreItems, long moreBytes) {
    items.add(moreItems);
    bytes.add(moreBytes);
  }

  private void show() {
    try (ProgressDisplay display = ProgressDisplay.on(console)) {
      while (!closed.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
        display.show(progress());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      gone.countDown();
    }
  }

  private JobProgress progress() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
    long done = bytes.sum();
    double rate = done / Math.max(0.001, elapsed.toMillis() / 1000.0);
    return new JobProgress(
        JobState.RUNNING, phase, items.sum(), -1, done, -1, done, rate, rate, elapsed, null);
  }

  /// Waits until the line is wiped.
  @Override
  public void close() {
    closed.countDown();
    try {
      gone.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
