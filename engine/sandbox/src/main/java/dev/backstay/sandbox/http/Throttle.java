package dev.backstay.sandbox.http;

/// Counts the bytes of one stream: how many it may carry, and how fast.
final class Throttle {

  private final long rate;
  private long left;

  /// @param budget in bytes; the stream is cut when it is used up
  /// @param rate in bytes per second, 0 for no limit
  Throttle(long budget, long rate) {
    this.left = budget;
    this.rate = rate;
  }

  /// @return false when the stream is to be cut
  boolean pass(int bytes) {
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
