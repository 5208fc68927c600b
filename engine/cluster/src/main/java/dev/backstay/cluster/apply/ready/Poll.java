package dev.backstay.cluster.apply.ready;

import dev.backstay.model.CancelToken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Asks again and again.
public final class Poll {

  private Poll() {}

  /// @param question a present answer ends the asking; asked at least once
  /// @return empty if time ran out
  /// @throws dev.backstay.model.CancelledException once the token is cancelled
  public static <T> Optional<T> until(
      Duration atMost, Duration pause, CancelToken cancel, Supplier<Optional<T>> question) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      cancel.checkpoint();
      Optional<T> answer = question.get();
      if (answer.isPresent() || System.nanoTime() - deadline >= 0) {
        return answer;
      }
      sleep(pause, cancel);
    }
  }

  private static void sleep(Duration pause, CancelToken cancel) {
    CountDownLatch woken = new CountDownLatch(1);
    try (var _ = cancel.onCancel(woken::countDown)) {
      boolean early = woken.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      if (early) {
        cancel.checkpoint();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
