package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.sandbox.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Jobs whose streams say nothing more: for a while, for good, or because this machine slept.
@Timeout(300)
class SilentClusterTest {

  private static final String SHOP = Shop.NAMESPACE;

  @TempDir Path folder;

  private Shop shop;

  @BeforeEach
  void openShop() throws IOException {
    shop = Shop.open(folder);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private Faults faults() {
    return shop.sandbox().faults();
  }

  /// The streams of before are dead and nobody tells; what was open is opened again.
  @Test
  void aMachineThatSleptGoesOnWhereItWas() throws Exception {
    Files.write(shop.sandbox().volume(SHOP, "uploads").resolve("big"), Shop.random(3_000_000));
    Map<String, String> content = shop.volumes();
    AtomicReference<Duration> slept = new AtomicReference<>(Duration.ZERO);
    InstantSource clock = () -> Instant.now().plus(slept.get());

    sleeping(slept, clock, "backup", "-n", SHOP);
    shop.sandbox().delete("namespaces", "", SHOP);
    shop.settle();
    sleeping(slept, clock, "restore", "latest", "-n", SHOP);

    shop.settle();
    assertEquals(content, shop.volumes());
    shop.assertNothingTemporary();
  }

  /// Runs a job that sleeps while its streams carry data.
  private void sleeping(AtomicReference<Duration> slept, InstantSource clock, String... arguments)
      throws Exception {
    faults().slowStreams(400_000);
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<CommandLineRun> job =
          thread.submit(() -> CommandLineRun.by(clock, shop.home(), shop.environment(), arguments));
      awaitStreams();
      faults().stallStreams();
      faults().slowStreams(0);
      slept.updateAndGet(before -> before.plusHours(1));
      CommandLineRun run = job.get(2, TimeUnit.MINUTES);
      assertEquals(0, run.status(), run.out() + run.err());
    }
  }

  /// Until a port-forward has carried data for a while.
  private void awaitStreams() throws InterruptedException {
    shop.sandbox().requests().record();
    for (int i = 0; i < 600; i++) {
      Thread.sleep(100);
      if (shop.sandbox().requests().seen().stream().anyMatch(r -> r.contains("/portforward"))) {
        Thread.sleep(3000);
        return;
      }
    }
    throw new AssertionError("nothing was read or written within a minute");
  }

  @Test
  void aClusterThatIsSilentForHalfAMinuteIsTakenUpAgain() throws Exception {
    Files.write(shop.sandbox().volume(SHOP, "uploads").resolve("big"), Shop.random(3_000_000));
    Map<String, String> content = shop.volumes();
    faults().slowStreams(400_000);
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<CommandLineRun> job = thread.submit(() -> shop.run("backup", "-n", SHOP));
      awaitStreams();
      faults().freeze();
      Thread.sleep(32_000);
      faults().clear();
      CommandLineRun run = job.get(2, TimeUnit.MINUTES);
      assertEquals(0, run.status(), run.out() + run.err());
    }
    shop.assertRestores(content);
  }

  /// It does not wait for ever: the job ends and says why. The volumes are given up within a
  /// minute; after that nothing is asked for in vain: what is to be removed is named, and left to
  /// the next job or clean-up.
  @Test
  void aClusterThatStaysSilentEndsTheJob() throws Exception {
    Files.write(shop.sandbox().volume(SHOP, "uploads").resolve("big"), Shop.random(3_000_000));
    faults().slowStreams(400_000);
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<CommandLineRun> job = thread.submit(() -> shop.run("backup", "-n", SHOP));
      awaitStreams();
      faults().freeze();
      CommandLineRun run = job.get(2, TimeUnit.MINUTES);
      assertEquals(3, run.status(), run.out() + run.err());
      assertTrue(run.err().contains("does not answer any more"), run.err());
      assertTrue(run.err().contains("pods/backstay-"), run.err());
      assertTrue(run.err().contains("'backstay cleanup'"), run.err());
    } finally {
      faults().clear();
    }
    assertFalse(shop.json("cleanup", "--dry-run").path("items").isEmpty());
    shop.succeeds("cleanup");
    shop.assertNothingTemporary();
  }
}
