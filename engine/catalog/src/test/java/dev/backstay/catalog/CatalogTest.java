package dev.backstay.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.ConflictException;
import dev.backstay.model.ItemFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {

  @TempDir Path folder;
  private Catalog catalog;

  @BeforeEach
  void open() {
    catalog = Catalog.open(folder.resolve("catalog"), InstantSource.fixed(Rows.NOON));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private void reopen() {
    close();
    open();
  }

  @Test
  void openingTouchesNothing() {
    assertFalse(Files.exists(folder.resolve("catalog")));
  }

  @Test
  void restorePointComesBackAsItWasAlsoAfterReopening() {
    RestorePointRow row = Rows.point("repo", "a1", "shop", Rows.NOON);
    catalog.putRestorePoint(row);
    assertEquals(List.of(row), catalog.restorePoints(RestorePointFilter.ALL));
    reopen();
    assertEquals(List.of(row), catalog.restorePoints(RestorePointFilter.ALL));
    assertEquals(Optional.empty(), catalog.rebuildReason());
  }

  @Test
  void puttingTwiceReplaces() {
    catalog.putRestorePoint(Rows.point("repo", "a1", "shop", Rows.NOON, 5));
    RestorePointRow row = Rows.point("repo", "a1", "shop", Rows.NOON, 1);
    catalog.putRestorePoint(row);
    assertEquals(List.of(row), catalog.restorePoints(RestorePointFilter.ALL));
  }

  @Test
  void filters() {
    catalog.putRestorePoint(Rows.point("repo", "a1", "shop", Rows.NOON));
    catalog.putRestorePoint(Rows.point("repo", "a2", "shop", Rows.NOON.plusSeconds(5), 3));
    catalog.putRestorePoint(Rows.point("repo", "b_", "other", Rows.NOON.plusSeconds(9), 0));
    catalog.putRestorePoint(Rows.point("repo2", "a1", "shop", Rows.NOON.minusSeconds(9)));
    RestorePointFilter all = RestorePointFilter.ALL;
    assertEquals(List.of("b_", "a2", "a1", "a1"), ids(all));
    assertEquals(List.of("b_"), ids(all.withLimit(1)));
    assertEquals(List.of("b_", "a2", "a1"), ids(all.withRepository("repo")));
    assertEquals(List.of("b_"), ids(all.withNamespace("other")));
    assertEquals(List.of("a2", "a1", "a1"), ids(all.withIdPrefix("a")));
    assertEquals(List.of(), ids(all.withIdPrefix("%")));
    assertEquals(List.of("a2"), ids(all.withPvc("data-2")));
    assertEquals(List.of(), ids(all.withContext("else")));
    assertEquals(4, ids(all.withCluster("cluster-1")).size());
  }

  private List<String> ids(RestorePointFilter filter) {
    return catalog.restorePoints(filter).stream().map(r -> r.point().id()).toList();
  }

  @Test
  void replacingIsPerRepositoryAndMarksItSynced() {
    catalog.putRestorePoint(Rows.point("repo", "old", "shop", Rows.NOON));
    catalog.putRestorePoint(Rows.point("repo2", "kept", "shop", Rows.NOON));
    List<RestorePointRow> rows =
        IntStream.range(0, 500)
            .mapToObj(i -> Rows.point("repo", "n" + i, "shop", Rows.NOON.plusSeconds(i)))
            .toList();
    catalog.replaceRestorePoints("repo", "/backup/repo", rows);
    assertEquals(501, catalog.restorePoints(RestorePointFilter.ALL).size());
    assertEquals(500, ids(RestorePointFilter.ALL.withRepository("repo")).size());
    assertEquals(
        List.of(
            new RepositoryRow("repo2", "", null),
            new RepositoryRow("repo", "/backup/repo", Rows.NOON)),
        catalog.repositories());
    catalog.removeRestorePoints("repo", List.of("n0", "n1", "unknown"));
    assertEquals(498, ids(RestorePointFilter.ALL.withRepository("repo")).size());
    catalog.removeRepository("repo");
    assertEquals(List.of("kept"), ids(RestorePointFilter.ALL));
  }

  @Test
  void hostileValuesFit() {
    RestorePointRow row =
        Rows.point("repo", "a1", "x".repeat(20_000) + "\u0000'\";--", Instant.MAX);
    catalog.putRestorePoint(row);
    catalog.putRestorePoint(Rows.point("repo", "a2", "\u202e\n", Instant.MIN));
    assertEquals(List.of("a1", "a2"), ids(RestorePointFilter.ALL));
  }

  @Test
  void jobsWithTheirEndsAndLogs() {
    JobRow running = Rows.job("job1", Rows.NOON, null);
    catalog.putJob(running);
    assertEquals(Optional.of(running), catalog.job("job1"));
    catalog.appendLog("job1", List.of(new JobLogLine(Rows.NOON, "one")));
    ItemFailure error = new ItemFailure("", "a.b", "m", "r");
    ItemFailure warning = new ItemFailure("pods/x", "c.d", "n", "");
    JobEnd end = new JobEnd("FAILED", null, error, List.of(warning, error), List.of(warning));
    JobRow ended = Rows.job("job1", Rows.NOON, end);
    catalog.putJob(ended);
    JobRow later = Rows.job("job2", Rows.NOON.plusSeconds(1), null);
    catalog.putJob(later);
    catalog.appendLog("job1", List.of(new JobLogLine(Rows.NOON.plusNanos(1), "two")));
    catalog.appendLog("nobody", List.of(new JobLogLine(Rows.NOON, "dropped")));
    reopen();
    assertEquals(List.of(later, ended), catalog.jobs(10));
    assertEquals(List.of(later), catalog.jobs(1));
    assertEquals(
        List.of("one", "two"), catalog.log("job1").stream().map(JobLogLine::text).toList());
    assertEquals(List.of(), catalog.log("nobody"));
  }

  @Test
  void listenersMayAskTheCatalog() {
    List<CatalogChange> changes = Collections.synchronizedList(new ArrayList<>());
    Catalog.Subscription subscription =
        catalog.subscribe(change -> {
          catalog.jobs(1);
          changes.add(change);
        });
    catalog.putJob(Rows.job("job1", Rows.NOON, null));
    catalog.putRestorePoint(Rows.point("repo", "a1", "shop", Rows.NOON));
    subscription.close();
    catalog.putJob(Rows.job("job2", Rows.NOON, null));
    assertEquals(
        List.of(
            new CatalogChange.JobChanged("job1"), new CatalogChange.RestorePointsChanged("repo")),
        changes);
  }

  @Test
  void twoCatalogsOnOneFolderTakeTurnsAndHearOfEachOther() throws Exception {
    CompletableFuture<CatalogChange> heard = new CompletableFuture<>();
    catalog.subscribe(heard::complete);
    try (Catalog other = Catalog.open(folder.resolve("catalog"), InstantSource.system())) {
      other.putJob(Rows.job("job1", Rows.NOON, null));
      assertEquals(
          new CatalogChange.ChangedElsewhere(),
          heard.get(10, java.util.concurrent.TimeUnit.SECONDS));
      catalog.putJob(Rows.job("job2", Rows.NOON, null));
      assertEquals(2, other.jobs(10).size());
    }
  }

  @Test
  void manyThreadsAndInterruptsDoNotHarm() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Thread> running = Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 50; i++) {
        String id = "job" + i;
        threads.execute(() -> {
          running.add(Thread.currentThread());
          catalog.putJob(Rows.job(id, Rows.NOON, null));
          catalog.jobs(5);
        });
      }
      for (int i = 0; i < 20; i++) {
        List.copyOf(running).forEach(Thread::interrupt);
        Thread.sleep(1);
      }
    }
    assertEquals(50, catalog.jobs(100).size());
    reopen();
    assertEquals(50, catalog.jobs(100).size());
    assertTrue(catalog.rebuildReason().isEmpty());
  }

  @Test
  void fileStaysSmallThoughManyTransactionsWereWritten() throws Exception {
    List<JobLogLine> line = List.of(new JobLogLine(Rows.NOON, "a line"));
    catalog.putJob(Rows.job("job1", Rows.NOON, null));
    for (int i = 0; i < 1000; i++) {
      catalog.appendLog("job1", line);
    }
    close();
    CatalogFolder files = new CatalogFolder(folder.resolve("catalog"));
    assertTrue(Files.size(files.databaseFile()) < 8 << 20);
    assertFalse(files.isMarkedOpen());
    open();
    assertEquals(1000, catalog.log("job1").size());
    assertTrue(catalog.rebuildReason().isEmpty());
  }

  @Test
  void closedMeansClosed() {
    catalog.close();
    assertEquals(
        "catalog.closed", assertThrows(ConflictException.class, () -> catalog.jobs(1)).code());
  }
}
