package dev.backstay.sandbox.http;

import dev.backstay.sandbox.state.Disturbance;
import java.util.function.BooleanSupplier;

/// Counts the bytes of one stream: how many it may carry, how fast, and whether at all.
final class Throttle {

  private final Disturbance disturbance;
  private final long rate;
  private final long stalls;
  private long left;

  /// For a stream that is opened now.
  Throttle(Disturbance disturbance) {
    this.disturbance = disturbance;
    this.left = disturbance.streamBudget();
    this.rate = disturbance.streamRate();
    this.stalls = disturbance.streamStalls();
  }

  /// @param open whether the client is still there
  /// @return false when the stream is to be cut
  boolean pass(int bytes, BooleanSupplier open) {
    try {
      disturbance.awaitThaw();
      while (disturbance.streamStalls() > stalls) {
        if (!open.getAsBoolean()) {
          return false;
        }
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    synchronized (this) {
      left -= bytes;
      if (left < 0) {
        return false;
      }
    }
    if (rate > 0) {
      try {
        Thread.sleep(bytes * 1000L / rate);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
