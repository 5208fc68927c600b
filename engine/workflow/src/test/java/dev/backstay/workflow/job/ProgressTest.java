package dev.backstay.workflow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private long now = 123;
  private final Progress progress = new Progress(() -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private JobProgress look() {
    return progress.look(JobState.RUNNING);
  }

  private static Duration remaining(JobProgress look) {
    return Optional.ofNullable(look.remaining()).orElseThrow();
  }

  @Test
  void nothingYet() {
    JobProgress look = look();
    assertEquals(
        new JobProgress(JobState.RUNNING, "", 0, -1, 0, -1, 0, 0, 0, Duration.ZERO, null), look);
  }

  @Test
  void ratesAndEstimate() {
    progress.phase("files");
    progress.expect(10, 1000);
    pass(Duration.ofSeconds(10));
    progress.done(1, 100);
    progress.moved(40);
    look();
    assertEquals(10, look().meanRate());
    for (int i = 0; i < 40; i++) {
      pass(Duration.ofMillis(200));
      progress.done(0, 10);
      look();
    }
    JobProgress look = look();
    assertEquals(50, look.currentRate(), 0.01);
    assertEquals(500 / 18.0, look.meanRate(), 0.01);
    assertEquals(40, look.bytesMoved());
    assertEquals(500 / ((50 + 500 / 18.0) / 2), remaining(look).toMillis() / 1000.0, 0.01);
    assertEquals(Duration.ofSeconds(18), look.elapsed());
    progress.phase("commit");
    assertEquals(40, look().bytesMoved());
  }

  @Test
  void currentRateForgetsAndFallsToNothing() {
    progress.expect(1, 1000);
    progress.done(0, 500);
    pass(Duration.ofSeconds(1));
    assertEquals(500, look().currentRate());
    pass(Duration.ofSeconds(60));
    look();
    pass(Duration.ofSeconds(1));
    assertEquals(0, look().currentRate());
    assertTrue(look().meanRate() > 0);
    assertTrue(remaining(look()).toSeconds() > 0);
  }

  @Test
  void totalsNeverShrinkAndAreNeverLessThanDone() {
    progress.expect(2, 10);
    progress.expect(1, -1);
    assertEquals(3, look().itemsTotal());
    assertEquals(10, look().bytesTotal());
    progress.done(5, 30);
    assertEquals(5, look().itemsTotal());
    assertEquals(30, look().bytesTotal());
    pass(Duration.ofSeconds(1));
    assertEquals(Duration.ZERO, look().remaining());
  }

  @Test
  void newPhaseBeginsAtZero() {
    progress.expect(2, 10);
    progress.done(2, 10);
    pass(Duration.ofSeconds(3));
    progress.phase("commit");
    JobProgress look = look();
    assertEquals("commit", look.phase());
    assertEquals(0, look.itemsDone());
    assertEquals(-1, look.bytesTotal());
    assertEquals(0, look.currentRate());
    assertNull(look.remaining());
    assertEquals(Duration.ofSeconds(3), look.elapsed());
  }

  @Test
  void itemsEstimateWhereThereAreNoBytes() {
    progress.expect(10, 0);
    pass(Duration.ofSeconds(5));
    progress.done(5, 0);
    assertEquals(Duration.ofSeconds(5), look().remaining());
  }

  @Test
  void manyThreadsLoseNothing() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        threads.execute(() -> {
          for (int j = 0; j < 1000; j++) {
            progress.done(1, 2);
            progress.moved(1);
          }
        });
      }
    }
    assertEquals(100_000, look().itemsDone());
    assertEquals(200_000, look().bytesDone());
    assertEquals(100_000, look().bytesMoved());
  }
}
