package dev.backstay.cluster.connection;

import dev.backstay.model.CancelToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that the machine slept: connections from before are dead by then, and nobody tells.
///
/// On Linux and macOS the monotonic clock stands still meanwhile and the wall clock does not; on
/// Windows both go on, but a short pause took far too long. A wall clock that was set looks the
/// same, which costs no more than connections that are opened again.
final class SleepWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SleepWatch.class);
  private static final Duration TICK = Duration.ofSeconds(2);
  private static final Duration JUMP = Duration.ofSeconds(15);

  private final InstantSource wall;
  private final LongSupplier nanos;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private Instant lastWall;
  private long lastNanos;

  SleepWatch(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.lastWall = wall.instant();
    this.lastNanos = nanos.getAsLong();
    this.thread = Thread.ofVirtual().name("sleep-watch").unstarted(this::watch);
  }

  /// Looks every two seconds from now on.
  SleepWatch start() {
    thread.start();
    return this;
  }

  /// Calls the listener each time that the machine has woken up.
  CancelToken.Registration onAwake(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(TICK);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /// Compares the clocks with the last time.
  void look() {
    Instant nowWall = wall.instant();
    long nowNanos = nanos.getAsLong();
    Duration byWall = Duration.between(lastWall, nowWall);
    Duration byNanos = Duration.ofNanos(nowNanos - lastNanos);
    lastWall = nowWall;
    lastNanos = nowNanos;
    if (byWall.minus(byNanos).abs().compareTo(JUMP) > 0 || byNanos.compareTo(JUMP) > 0) {
      LOG.info("the machine slept for {}; its connections are opened again", byWall);
      listeners.forEach(Runnable::run);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
