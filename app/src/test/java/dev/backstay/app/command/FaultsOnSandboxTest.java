package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.sandbox.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Back-up and restore on a cluster in trouble: what passes is waited for, what stays is named, and
/// nothing temporary is left.
@Timeout(300)
class FaultsOnSandboxTest {

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

  private JsonNode backUp(int status) {
    CommandLineRun run = shop.run("backup", "-n", SHOP, "-o", "json");
    assertEquals(status, run.status(), run.out() + run.err());
    faults().clear();
    assertNothingTemporary();
    return JsonMapper.shared().readTree(run.out());
  }

  private void assertNothingTemporary() {
    shop.settle();
    assertTrue(shop.json("cleanup", "--dry-run").path("items").isEmpty());
  }

  private Map<String, String> volumes() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String pvc : new String[] {"data-db-0", "uploads"}) {
      shop.content(SHOP, pvc).forEach((path, content) -> all.put(pvc + "/" + path, content));
    }
    return all;
  }

  /// Deletes the shop and restores it from the newest restore point.
  private void assertRestores(Map<String, String> content) throws IOException {
    shop.sandbox().delete("namespaces", "", SHOP);
    shop.settle();
    shop.succeeds("restore", "latest", "-n", SHOP);
    shop.settle();
    assertEquals(content, volumes());
    assertNothingTemporary();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503, 504})
  void aServerThatIsBusyForAWhileIsWaitedFor(int code) throws IOException {
    Map<String, String> content = volumes();
    faults().answer("list", "*", code, 3);
    faults().answer("get", "*", code, 2);
    faults().answer("create", "pods", 429, 1);
    backUp(0);
    shop.sandbox().delete("namespaces", "", SHOP);
    shop.settle();
    faults().answer("*", "*", 429, 3);
    faults().answer("list", "*", code, 3);
    shop.succeeds("restore", "latest", "-n", SHOP);
    faults().clear();
    shop.settle();
    assertEquals(content, volumes());
    assertNothingTemporary();
  }

  @Test
  void aKindThatTheServerFailsToListIsMissingAndSaidToBe() {
    faults().answer("list", "configmaps", 500, 1000);
    JsonNode result = backUp(3);
    assertEquals("PartiallyFailed", result.get("outcome").asString());
    assertTrue(result.get("failures").toString().contains("configmaps"), result::toString);
  }

  @Test
  void aVolumeSnapshotThatFailsIsNamedWithWhatTheDriverSays() {
    faults().failVolumeSnapshots("the array is on fire");
    JsonNode result = backUp(3);
    assertTrue(
        result.get("failures").toString().contains("the array is on fire"), result::toString);
    JsonNode point = shop.json("points", "-n", SHOP).get("items").get(0);
    assertTrue(point.get("partial").asBoolean(), point::toString);
  }

  @Test
  void anEvictedMoverIsReplaced() throws IOException {
    Map<String, String> content = volumes();
    faults().evictMovers(1);
    backUp(0);
    assertRestores(content);
  }

  @Test
  void aStreamThatBreaksGoesOnWhereItWas() throws IOException {
    Files.write(shop.sandbox().volume(SHOP, "uploads").resolve("big"), random(3_000_000));
    Map<String, String> content = volumes();
    faults().cutStreams(400_000, 2);
    backUp(0);
    shop.sandbox().delete("namespaces", "", SHOP);
    shop.settle();
    faults().cutStreams(400_000, 2);
    shop.succeeds("restore", "latest", "-n", SHOP);
    faults().clear();
    shop.settle();
    assertEquals(content, volumes());
    assertNothingTemporary();
  }

  @Test
  void droppedWatchesAreOpenedAgain() throws Exception {
    Map<String, String> content = volumes();
    CountDownLatch done = new CountDownLatch(1);
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> dropping = thread.submit(() -> drop(done));
      try {
        backUp(0);
        assertRestores(content);
      } finally {
        done.countDown();
      }
      dropping.get();
    }
  }

  private @Nullable Void drop(CountDownLatch done) throws InterruptedException {
    while (!done.await(20, TimeUnit.MILLISECONDS)) {
      faults().dropWatches();
    }
    return null;
  }

  @Test
  void anEvictedMoverOfARestoreIsReplaced() throws IOException {
    Map<String, String> content = volumes();
    backUp(0);
    faults().evictMovers(2);
    assertRestores(content);
  }

  @Test
  void moversThatAreEvictedAgainAndAgainLeaveNothingHalfWrittenUnsaid() throws IOException {
    Map<String, String> content = volumes();
    backUp(0);
    shop.sandbox().delete("namespaces", "", SHOP);
    shop.settle();
    faults().evictMovers(1000);
    CommandLineRun run = shop.run("restore", "latest", "-n", SHOP);
    assertEquals(3, run.status(), run.err());
    assertTrue(run.err().contains("volumes/uploads"), run.err());
    assertTrue(run.err().contains("[restore.held-back]"), run.err());
    faults().clear();
    shop.settle();
    assertTrue(shop.succeeds("pvcs", "-n", SHOP).contains("half restored"));
    assertNothingTemporary();

    shop.succeeds("restore", "latest", "-n", SHOP, "--volumes", "merge", "--yes");
    shop.settle();
    assertEquals(content, volumes());
  }

  /// The streams of before are dead and nobody tells; what was open is opened again.
  @Test
  void aMachineThatSleptGoesOnWhereItWas() throws Exception {
    Files.write(shop.sandbox().volume(SHOP, "uploads").resolve("big"), random(3_000_000));
    Map<String, String> content = volumes();
    AtomicReference<Duration> slept = new AtomicReference<>(Duration.ZERO);
    InstantSource clock = () -> Instant.now().plus(slept.get());

    sleeping(slept, clock, "backup", "-n", SHOP);
    shop.sandbox().delete("namespaces", "", SHOP);
    shop.settle();
    sleeping(slept, clock, "restore", "latest", "-n", SHOP);

    shop.settle();
    assertEquals(content, volumes());
    assertNothingTemporary();
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
    Files.write(shop.sandbox().volume(SHOP, "uploads").resolve("big"), random(3_000_000));
    Map<String, String> content = volumes();
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
    assertRestores(content);
  }

  /// It does not wait for ever: the job ends and says why. The volumes are given up within a
  /// minute; what takes longer is that each object that is to be removed is asked for in vain.
  @Test
  @Timeout(600)
  void aClusterThatStaysSilentEndsTheJob() throws Exception {
    Files.write(shop.sandbox().volume(SHOP, "uploads").resolve("big"), random(3_000_000));
    faults().slowStreams(400_000);
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<CommandLineRun> job = thread.submit(() -> shop.run("backup", "-n", SHOP));
      awaitStreams();
      faults().freeze();
      CommandLineRun run = job.get(8, TimeUnit.MINUTES);
      assertTrue(run.status() == 1 || run.status() == 3, run.out() + run.err());
      assertTrue(run.err().contains("answer"), run.err());
    } finally {
      faults().clear();
    }
  }

  @Test
  void aSelectorThatIsNotUnderstoodIsAUsageError() {
    CommandLineRun run = shop.run("backup", "-n", SHOP, "-l", "app=(x");
    assertEquals(2, run.status(), run.err());
    assertTrue(run.err().contains("'app=(x'"), run.err());
    assertEquals("", shop.succeeds("points", "-o", "name"));
    assertEquals("", shop.succeeds("jobs", "-o", "name"));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new java.util.Random(1).nextBytes(bytes);
    return bytes;
  }
}
