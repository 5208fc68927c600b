package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.sandbox.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    shop.assertNothingTemporary();
    return JsonMapper.shared().readTree(run.out());
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503, 504})
  void aServerThatIsBusyForAWhileIsWaitedFor(int code) throws IOException {
    Map<String, String> content = shop.volumes();
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
    assertEquals(content, shop.volumes());
    shop.assertNothingTemporary();
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
    Map<String, String> content = shop.volumes();
    faults().evictMovers(1);
    backUp(0);
    shop.assertRestores(content);
  }

  @Test
  void aStreamThatBreaksGoesOnWhereItWas() throws IOException {
    Files.write(shop.sandbox().volume(SHOP, "uploads").resolve("big"), Shop.random(3_000_000));
    Map<String, String> content = shop.volumes();
    faults().cutStreams(400_000, 2);
    backUp(0);
    shop.sandbox().delete("namespaces", "", SHOP);
    shop.settle();
    faults().cutStreams(400_000, 2);
    shop.succeeds("restore", "latest", "-n", SHOP);
    faults().clear();
    shop.settle();
    assertEquals(content, shop.volumes());
    shop.assertNothingTemporary();
  }

  @Test
  void droppedWatchesAreOpenedAgain() throws Exception {
    Map<String, String> content = shop.volumes();
    CountDownLatch done = new CountDownLatch(1);
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> dropping = thread.submit(() -> drop(done));
      try {
        backUp(0);
        shop.assertRestores(content);
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
    Map<String, String> content = shop.volumes();
    backUp(0);
    faults().evictMovers(2);
    shop.assertRestores(content);
  }

  @Test
  void moversThatAreEvictedAgainAndAgainLeaveNothingHalfWrittenUnsaid() throws IOException {
    Map<String, String> content = shop.volumes();
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
    shop.assertNothingTemporary();

    shop.succeeds("restore", "latest", "-n", SHOP, "--volumes", "merge", "--yes");
    shop.settle();
    assertEquals(content, shop.volumes());
  }

  @Test
  void aSelectorThatIsNotUnderstoodIsAUsageError() {
    CommandLineRun run = shop.run("backup", "-n", SHOP, "-l", "app=(x");
    assertEquals(2, run.status(), run.err());
    assertTrue(run.err().contains("'app=(x'"), run.err());
    assertEquals("", shop.succeeds("points", "-o", "name"));
    assertEquals("", shop.succeeds("jobs", "-o", "name"));
  }
}
