package dev.backstay.repository.lock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that one can wait by: the machine's, or a simulated one that jumps ahead.
public interface WaitingClock extends InstantSource {

  void pause(Duration duration);

  /// Nanoseconds since some moment, which no change of the clock touches and which stand still
  /// while the machine sleeps.
  long nanos();

  /// A clock that waits as this machine does, unless it is one that waits already.
  static WaitingClock of(InstantSource source) {
    return source instanceof WaitingClock waiting ? waiting : new MachineClock(source);
  }

  /// Sleeps for real.
  record MachineClock(InstantSource source) implements WaitingClock {

    @Override
    public Instant instant() {
      return source.instant();
    }

    @Override
    public void pause(Duration duration) {
      try {
        Thread.sleep(duration);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  }
}
