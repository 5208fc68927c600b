package dev.backstay.repository;

import java.time.Duration;

/// When stored packs get an index file: at once at first, so that a killed run loses little; then
/// after a sixteenth more of what there is, so that a long run does not leave thousands of small
/// files.
///
/// Time only makes it earlier: nothing is decided by a clock that could be wrong.
final class IndexRhythm {

  private static final int FIRST = 1;
  private static final int MOST = 512;
  private static final int SHARE = 16;

  private final long interval;
  private final long begun = System.nanoTime();
  private long last = begun;
  private long indexed;

  IndexRhythm(Duration interval) {
    this.interval = interval.toNanos();
  }

  /// Whether so many stored packs should be indexed now; if so it counts them as done.
  boolean due(int packs) {
    long now = System.nanoTime();
    long most = Math.clamp(indexed / SHARE, FIRST, MOST);
    boolean late = now - last > Math.max(interval, (now - begun) / SHARE);
    if (packs < most && !late) {
      return false;
    }
    indexed += packs;
    last = now;
    return true;
  }
}
