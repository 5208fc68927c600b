package dev.backstay.repository.prune;

import dev.backstay.model.ConflictException;
import dev.backstay.repository.lock.WaitingClock;
import java.time.Duration;
import java.time.Instant;

/// Notices that the machine slept or its clock was set: what was read before may be long out of
/// date, and locks may have been taken away as stale (kopia #1949).
final class ClockGuard {

  private static final Duration MOST = Duration.ofMinutes(2);

  private final WaitingClock clock;
  private final Instant begun;
  private final long nanos;

  ClockGuard(WaitingClock clock) {
    this.clock = clock;
    begun = clock.instant();
    nanos = clock.nanos();
  }

  /// @throws ConflictException if the clock and the time that passed do not agree
  void check() {
    Duration wall = Duration.between(begun, clock.instant());
    Duration passed = Duration.ofNanos(clock.nanos() - nanos);
    if (wall.minus(passed).abs().compareTo(MOST) > 0) {
      throw new ConflictException(
          "prune.clock-jump",
          "the clock jumped by "
              + wall.minus(passed).toSeconds()
              + " s during the prune: the machine slept, or its clock was set",
          "run it again: nothing that is needed was deleted");
    }
  }
}
