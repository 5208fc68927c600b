package dev.backstay.workflow.job;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Counts what a job does, and makes of it what a user wants to know. Counting is cheap and done by
/// many threads; looking takes a lock.
final class Progress implements ProgressCounter {

  private static final double LONGEST_ESTIMATE = Duration.ofDays(100).toSeconds();

  private final LongSupplier nanoTime;
  private final long began;
  private final LongAdder moved = new LongAdder();
  private volatile PhaseCount phase;

  /// @param nanoTime a monotonic clock in nanoseconds
  Progress(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
    this.phase = new PhaseCount("", began);
  }

  @Override
  public void phase(String name) {
    phase = new PhaseCount(name, nanoTime.getAsLong());
  }

  @Override
  public void expect(long items, long bytes) {
    phase.expect(items, bytes);
  }

  @Override
  public void done(long items, long bytes) {
    phase.done(items, bytes);
  }

  @Override
  public void moved(long bytes) {
    moved.add(bytes);
  }

  synchronized JobProgress look(JobState state) {
    PhaseCount now = phase;
    long time = nanoTime.getAsLong();
    long items = now.items();
    long bytes = now.bytes();
    long totalItems = now.totalItems(items);
    long totalBytes = now.totalBytes(bytes);
    double current = now.currentRate(bytes, time);
    double mean = now.meanRate(bytes, time);
    Duration remaining =
        totalBytes > 0
            ? remaining(totalBytes - bytes, current > 0 ? (current + mean) / 2 : mean)
            : remaining(totalItems - items, now.meanRate(items, time));
    return new JobProgress(
        state,
        now.name(),
        items,
        totalItems,
        bytes,
        totalBytes,
        moved.sum(),
        current,
        mean,
        Duration.ofNanos(time - began),
        remaining);
  }

  private static @Nullable Duration remaining(long left, double rate) {
    if (left < 0 || rate <= 0 || left / rate > LONGEST_ESTIMATE) {
      return null;
    }
    return Duration.ofMillis(Math.round(1000 * left / rate));
  }
}
