package dev.backstay.sandbox.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// When the controllers have to look again although nothing changed.
final class Agenda {

  private final InstantSource clock;
  private Instant next = Instant.MAX;
  private boolean awaited;

  Agenda(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void clear() {
    next = Instant.MAX;
    awaited = false;
  }

  synchronized void wake(Duration in) {
    Instant then = clock.instant().plus(in);
    if (then.isBefore(next)) {
      next = then;
    }
    awaited = true;
  }

  /// Whether `moment` has come; if not, the controllers look again then.
  boolean isPast(Instant moment) {
    Duration left = Duration.between(clock.instant(), moment);
    if (left.isPositive()) {
      wake(left);
      return false;
    }
    return true;
  }

  /// The same for what is so far away that nobody should wait for it.
  boolean isPastQuietly(Instant moment) {
    synchronized (this) {
      if (moment.isBefore(next)) {
        next = moment;
      }
    }
    return !clock.instant().isBefore(moment);
  }

  synchronized boolean isAwaited() {
    return awaited;
  }

  synchronized long millisToNext() {
    return next.equals(Instant.MAX)
        ? Long.MAX_VALUE
        : Duration.between(clock.instant(), next).toMillis();
  }
}
