package dev.backstay.cluster.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SleepWatchTest {

  private Instant wall = Instant.parse("2026-11-22T03:00:00Z");
  private long nanos = 17;
  private final AtomicInteger woken = new AtomicInteger();
  private final SleepWatch watch = new SleepWatch(() -> wall, () -> nanos);

  private void pass(Duration byWall, Duration byNanos) {
    wall = wall.plus(byWall);
    nanos += byNanos.toNanos();
    watch.look();
  }

  @Test
  void ordinaryTimeIsNoSleep() {
    var _ = watch.onAwake(woken::incrementAndGet);
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofSeconds(2), Duration.ofMillis(2003));
    }
    pass(Duration.ofSeconds(9), Duration.ofSeconds(9)); // a busy machine
    assertEquals(0, woken.get());
  }

  @Test
  void aMonotonicClockThatStoodStillIsASleep() {
    var registration = watch.onAwake(woken::incrementAndGet);
    pass(Duration.ofHours(1), Duration.ofSeconds(2));
    assertEquals(1, woken.get());
    pass(Duration.ofSeconds(2), Duration.ofSeconds(2));
    assertEquals(1, woken.get(), "told once");
    registration.close();
    pass(Duration.ofHours(1), Duration.ofSeconds(2));
    assertEquals(1, woken.get(), "nobody listens any more");
  }

  @Test
  void aPauseThatTookFarTooLongIsASleepWhereBothClocksGoOn() {
    var _ = watch.onAwake(woken::incrementAndGet);
    pass(Duration.ofMinutes(10), Duration.ofMinutes(10));
    assertEquals(1, woken.get());
  }
}
