package dev.backstay.stores;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.random.RandomGenerator;

/// When a failed call is tried again.
///
/// The wait before the n-th retry is random between nothing and `first · 2ⁿ`, so that many writers
/// that a busy service turned away together do not come back together.
///
/// @param first the longest wait before the first retry
/// @param longest the longest wait at all
/// @param budget how long one call is tried again, once the store has answered before
/// @param strangers how often a call is made to a store that never answered: a mistyped name is
///   told soon
/// @param random used by many threads at once
public record RetryPolicy(
    Duration first,
    Duration longest,
    Duration budget,
    int strangers,
    InstantSource clock,
    RandomGenerator random) {

  /// @param budget how long one call is tried again
  public static RetryPolicy lasting(Duration budget) {
    return new RetryPolicy(
        Duration.ofMillis(400),
        Duration.ofSeconds(30),
        budget,
        3,
        InstantSource.system(),
        new Random());
  }

  Duration wait(int retry) {
    long most = first.toMillis() << Math.min(retry, 20);
    return Duration.ofMillis(random.nextLong(Math.min(most, longest.toMillis()) + 1));
  }
}
