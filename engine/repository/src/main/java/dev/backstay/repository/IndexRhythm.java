package dev.backstay.repository;

import java.time.Duration;

/// When stored packs get an index file: at once at first, so that a killed run loses little; then
/// after a sixteenth more of what there is, so that a long run does not leave thousands of small
/// files. After a 64th where others write too: until they see it, they store the same once more.
///
/// Time only makes it earlier: nothing is decided by a clock that could be wrong.
final class IndexRhythm {

  private static final int FIRST = 1;
  private static final int MOST = 512;
  private static final int SHARE = 16;
  private static final int SHARE_IN_COMPANY = 64;
  private static final long INTERVAL_IN_COMPANY = Duration.ofSeconds(2).toNanos();

  private final long interval;
  private final long begun = System.nanoTime();
  private long last = begun;
  private long indexed;
  private boolean company;

  IndexRhythm(Duration interval) {
    this.interval = interval.toNanos();
  }

  /// Says that others write to the repository at the same time.
  void company() {
    company = true;
  }

  /// Whether so many stored packs should be indexed now; if so it counts them as done.
  boolean due(int packs) {
    long now = System.nanoTime();
    int share = company ? SHARE_IN_COMPANY : SHARE;
    long most = Math.clamp(indexed / share, FIRST, MOST);
    long pause = company ? INTERVAL_IN_COMPANY : interval;
    boolean late = now - last > Math.max(pause, (now - begun) / share);
    if (packs < most && !late) {
      return false;
    }
    indexed += packs;
    last = now;
    return true;
  }
}
