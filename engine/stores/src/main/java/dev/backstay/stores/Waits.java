package dev.backstay.stores;

import dev.backstay.model.CancelToken;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// Waiting that ends early when nobody wants the result any more: when the store is closed, or when
/// all work that is under way was cancelled. Safe for use by many threads.
final class Waits {

  private final Set<CancelToken> works = new HashSet<>();
  private boolean closed;

  synchronized CancelToken.Registration during(CancelToken work) {
    works.add(work);
    CancelToken.Registration wake = work.onCancel(this::wake);
    return () -> {
      wake.close();
      remove(work);
    };
  }

  private synchronized void remove(CancelToken work) {
    works.remove(work);
    notifyAll();
  }

  private synchronized void wake() {
    notifyAll();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private boolean unwanted() {
    return closed || (!works.isEmpty() && works.stream().allMatch(CancelToken::isCancelled));
  }

  /// @return whether the whole time has passed
  synchronized boolean pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (!unwanted()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return true;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }
}
