package dev.backstay.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real processes on one catalog: killed, at the same time, and on a disk that is full.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CatalogProcessesTest {

  private static final int KILLS = 10;

  @TempDir Path folder;

  @Test
  void killedTenTimesLosesNothingAndTearsNothing() throws Exception {
    Random random = new Random(42);
    Set<String> acknowledged = new HashSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = WriterProcess.command(folder, "p", kill * 100_000, 100_000).start();
      readSome(process, 5 + random.nextInt(60), acknowledged);
      Thread.sleep(random.nextInt(20));
      process.destroyForcibly().waitFor();
      assertTrue(new CatalogFolder(folder).isMarkedOpen(), "it was killed while open");
      assertAllThere(acknowledged);
    }
  }

  private static void readSome(Process process, int count, Set<String> acknowledged)
      throws IOException {
    BufferedReader lines = process.inputReader();
    for (int i = 0; i < count; i++) {
      acknowledged.add("p" + lines.readLine());
    }
  }

  /// Opening after a kill runs the invariants, which put the file aside if a transaction is torn.
  private void assertAllThere(Set<String> acknowledged) throws IOException {
    try (Catalog catalog = Catalog.open(folder, InstantSource.system())) {
      Set<String> there =
          catalog.restorePoints(RestorePointFilter.ALL).stream()
              .peek(row -> assertEquals(20, row.point().volumes().size()))
              .map(row -> row.point().id())
              .collect(Collectors.toSet());
      assertTrue(there.containsAll(acknowledged));
      assertTrue(catalog.rebuildReason().isEmpty());
    }
    assertNothingPutAside();
  }

  private void assertNothingPutAside() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(List.of(), all.filter(f -> f.toString().contains("damaged")).toList());
    }
  }

  @Test
  void twoProcessesAndThisOneWriteAtTheSameTime() throws Exception {
    Process a = WriterProcess.command(folder, "a", 0, 80).start();
    Process b = WriterProcess.command(folder, "b", 0, 80).start();
    CompletableFuture<List<String>> fromA = output(a);
    CompletableFuture<List<String>> fromB = output(b);
    try (Catalog catalog = Catalog.open(folder, InstantSource.system())) {
      for (int i = 0; i < 80; i++) {
        catalog.putRestorePoint(Rows.point("repo", "c" + i, "shop", Rows.NOON, 20));
        catalog.restorePoints(RestorePointFilter.ALL.withLimit(3));
      }
      assertEquals("done", fromA.get(2, TimeUnit.MINUTES).getLast());
      assertEquals("done", fromB.get(2, TimeUnit.MINUTES).getLast());
      assertEquals(240, catalog.restorePoints(RestorePointFilter.ALL).size());
      assertTrue(catalog.rebuildReason().isEmpty());
    }
    assertNothingPutAside();
  }

  @Test
  void oneOfTwoIsKilledAndTheOtherGoesOn() throws Exception {
    Process victim = WriterProcess.command(folder, "v", 0, 100_000).start();
    Process other = WriterProcess.command(folder, "o", 0, 100).start();
    CompletableFuture<List<String>> lines = output(other);
    Set<String> acknowledged = new HashSet<>();
    BufferedReader victims = victim.inputReader();
    for (int i = 0; i < 40; i++) {
      acknowledged.add("v" + victims.readLine());
    }
    victim.destroyForcibly().waitFor();
    assertEquals("done", lines.get(2, TimeUnit.MINUTES).getLast());
    for (int i = 0; i < 100; i++) {
      acknowledged.add("o" + i);
    }
    assertAllThere(acknowledged);
  }

  @Test
  void fullDiskIsSaidAndWhatWasWrittenStays() throws Exception {
    // a limit of the file size is met just as a full disk is, and needs no mount; in units of 1 KiB
    Process process =
        WriterProcess.command(
                folder, "p", 0, 100_000, "bash", "-c", "ulimit -f 1024; exec \"$@\"", "bash")
            .start();
    List<String> lines = WriterProcess.lines(process);
    assertEquals("catalog.disk-full", lines.getLast());
    assertTrue(lines.size() > 10);
    assertAllThere(
        lines.subList(0, lines.size() - 1).stream().map(i -> "p" + i).collect(Collectors.toSet()));
  }

  private static CompletableFuture<List<String>> output(Process process) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return WriterProcess.lines(process);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
  }
}
