package dev.backstay.workflow.job;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// The counters of one phase. Times are nanoseconds of a monotonic clock.
final class PhaseCount {

  /// The current rate is taken over this time, or over the time since the look before that.
  private static final long WINDOW = Duration.ofSeconds(5).toNanos();

  private static final double SECOND = 1e9;

  private final String name;
  private final long began;
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final AtomicLong expectedItems = new AtomicLong(-1);
  private final AtomicLong expectedBytes = new AtomicLong(-1);
  private final Deque<Sample> samples = new ArrayDeque<>();

  PhaseCount(String name, long began) {
    this.name = name;
    this.began = began;
    samples.add(new Sample(began, 0));
  }

  private record Sample(long time, long bytes) {}

  String name() {
    return name;
  }

  void done(long moreItems, long moreBytes) {
    items.add(moreItems);
    bytes.add(moreBytes);
  }

  void expect(long moreItems, long moreBytes) {
    raise(expectedItems, moreItems);
    raise(expectedBytes, moreBytes);
  }

  private static void raise(AtomicLong total, long more) {
    if (more >= 0) {
      total.updateAndGet(now -> Math.max(now, 0) + more);
    }
  }

  long items() {
    return items.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  long totalItems(long done) {
    return total(expectedItems, done);
  }

  long totalBytes(long done) {
    return total(expectedBytes, done);
  }

  /// A total is never less than what is done of it.
  private static long total(AtomicLong expected, long done) {
    long total = expected.get();
    return total < 0 ? -1 : Math.max(total, done);
  }

  double meanRate(long amount, long now) {
    return rate(amount, now - began);
  }

  /// To be called by one thread at a time.
  double currentRate(long bytesNow, long now) {
    samples.add(new Sample(now, bytesNow));
    while (samples.size() > 2 && secondCoversWindow(now)) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    return rate(bytesNow - first.bytes(), now - first.time());
  }

  private boolean secondCoversWindow(long now) {
    return now - samples.stream().skip(1).findFirst().orElseThrow().time() >= WINDOW;
  }

  private static double rate(long amount, long nanos) {
    return nanos <= 0 ? 0 : Math.max(0, amount) * SECOND / nanos;
  }
}
