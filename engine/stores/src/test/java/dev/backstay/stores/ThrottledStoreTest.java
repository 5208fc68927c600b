package dev.backstay.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The arithmetic of a rate, on a clock that stands still until it is told.
class ThrottledStoreTest {

  private final AtomicLong nanos = new AtomicLong(5);
  private final ThrottledStore.Lane lane = new ThrottledStore.Lane(1000, nanos::get);

  @Test
  void eachWaitsForThoseBefore() {
    assertEquals(Duration.ZERO, lane.book(500));
    assertEquals(Duration.ofMillis(500), lane.book(2000));
    assertEquals(Duration.ofMillis(2500), lane.book(1));
  }

  @Test
  void whatWasNotUsedIsNotSavedUp() {
    assertEquals(Duration.ZERO, lane.book(1000));
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertEquals(Duration.ZERO, lane.book(1000));
    assertEquals(Duration.ofSeconds(1), lane.book(1000));
  }

  /// What is put after all is decided when its turn comes.
  @Test
  void whatIsBookedAheadIsPaidForOnce() {
    assertEquals(Duration.ZERO, lane.bookAhead(3000));
    assertEquals(Duration.ofSeconds(3), lane.bookAhead(1000));
    assertEquals(Duration.ZERO, lane.bookPack(3000));
    lane.giveBack(400);
    assertEquals(Duration.ZERO, lane.bookPack(600));
    assertEquals(Duration.ofMillis(3600), lane.bookPack(1));
    lane.giveBack(1000);
    assertEquals(Duration.ofMillis(3601), lane.book(1), "nothing was ahead any more");
  }

  @Test
  void noLimitIsNoWait() {
    ThrottledStore.Lane free = new ThrottledStore.Lane(0, nanos::get);
    for (int i = 0; i < 10; i++) {
      assertTrue(free.book(Long.MAX_VALUE / 100).isZero());
    }
  }
}
