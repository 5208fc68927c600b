package dev.backstay.cluster.connection;

import dev.backstay.model.CancelToken;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A sleep that cancelling ends.
final class Pause {

  private Pause() {}

  static void of(Duration time, CancelToken cancel) {
    CountDownLatch woken = new CountDownLatch(1);
    try (var _ = cancel.onCancel(woken::countDown)) {
      if (woken.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        cancel.checkpoint();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cancel.checkpoint();
  }
}
