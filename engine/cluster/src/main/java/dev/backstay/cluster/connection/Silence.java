package dev.backstay.cluster.connection;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Whether a server has fallen silent. One slow answer is no silence, nor are many at once that the
/// same bad moment took: it lasts when a call that was begun after another had been given up is
/// given up too, and nothing was heard between. Safe for use by many threads.
final class Silence {

  /// For how long an answer that did not come speaks for the next one.
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final LongSupplier nanos;
  private final ReentrantLock asking = new ReentrantLock();
  private boolean late;
  private boolean lasting;
  private long since;
  private long last;

  /// @param nanos a monotonic clock
  Silence(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// The time, for [#unanswered(long)].
  long now() {
    return nanos.getAsLong();
  }

  /// Something came, if only a refusal.
  synchronized void heard() {
    late = false;
    lasting = false;
  }

  /// A call was given up.
  ///
  /// @param begun when it began
  synchronized void unanswered(long begun) {
    last = now();
    if (!late) {
      late = true;
      since = last;
    } else if (begun - since >= 0) {
      lasting = true;
    }
  }

  /// Whether the last answer that was waited for did not come.
  synchronized boolean late() {
    return late;
  }

  /// Whether the server is silent still. Asks it only if it was silent before, and for many threads
  /// at once.
  ///
  /// @param answers asks it, and tells what it hears
  boolean still(BooleanSupplier answers) {
    if (!lasting()) {
      return false;
    }
    asking.lock();
    try {
      return lasting() && (fresh() || !answers.getAsBoolean());
    } finally {
      asking.unlock();
    }
  }

  private synchronized boolean lasting() {
    return lasting;
  }

  private synchronized boolean fresh() {
    return now() - last < FRESH.toNanos();
  }
}
