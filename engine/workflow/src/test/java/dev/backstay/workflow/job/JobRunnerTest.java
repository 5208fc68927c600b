package dev.backstay.workflow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.catalog.Catalog;
import dev.backstay.model.ConflictException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.LockedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.Outcome;
import dev.backstay.model.StorageException;
import dev.backstay.workflow.journal.JournalView;
import dev.backstay.workflow.journal.Journals;
import dev.backstay.workflow.journal.OpenJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobRunnerTest {

  private static final ItemFailure WARNING = new ItemFailure("pods/a", "x.y", "message", "");

  @TempDir Path data;
  private Journals journals;
  private Catalog catalog;
  private JobRunner runner;

  @BeforeEach
  void open() {
    journals = Journals.open(data.resolve("journal"), "installation", InstantSource.system());
    catalog = Catalog.open(data.resolve("catalog"), InstantSource.system());
    runner = new JobRunner(journals, catalog, InstantSource.system(), new Random(1));
  }

  @AfterEach
  void close() {
    runner.close();
    journals.close();
    catalog.close();
  }

  private List<Path> journalFiles() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("journal"))) {
      return files.toList();
    }
  }

  private JobSummary only() {
    List<JobSummary> jobs = runner.jobs();
    assertEquals(1, jobs.size());
    return jobs.getFirst();
  }

  @Test
  void completedJobIsInTheHistoryAndItsJournalIsGone() throws IOException {
    JobHandle handle =
        runner.submit(
            FakeJob.of(context -> {
              context.journal().step("files");
              context.log("hello");
              return FakeJob.completed();
            }));
    assertEquals("point1", handle.await().restorePoint());
    assertEquals(JobState.ENDED, handle.progress().state());
    JobSummary summary = only();
    assertEquals(JobStanding.COMPLETED, summary.standing());
    assertEquals("point1", summary.restorePoint());
    assertEquals(FakeJob.SPEC, summary.spec());
    assertEquals(List.of(), journalFiles());
    assertEquals(
        List.of("step: files", "hello"),
        runner.log(handle.id()).stream().map(JobLine::text).toList());
  }

  @Test
  void warningsBelongToTheOutcome() {
    JobHandle handle =
        runner.submit(
            FakeJob.of(context -> {
              context.warn(WARNING);
              return new Outcome.Completed(null, List.of(WARNING));
            }));
    assertEquals(List.of(WARNING), handle.await().warnings());
    assertEquals(JobStanding.COMPLETED_WITH_WARNINGS, only().standing());
    assertEquals(List.of(WARNING), only().warnings());
  }

  @Test
  void engineExceptionFails() {
    JobHandle handle =
        runner.submit(
            FakeJob.of(context -> {
              throw new StorageException("repository.full", "full", "free space");
            }));
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, handle.await());
    assertEquals("repository.full", failed.error().code());
    assertEquals(JobStanding.FAILED, only().standing());
    assertEquals(new ItemFailure("", "repository.full", "full", "free space"), only().error());
  }

  @Test
  void anyOtherErrorIsAMistakeOfOurs() {
    JobHandle handle =
        runner.submit(
            FakeJob.of(context -> {
              throw new StackOverflowError("oops");
            }));
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, handle.await());
    assertEquals("job.broken", failed.error().code());
  }

  @Test
  void cancelling() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch cleanUp = new CountDownLatch(1);
    JobHandle handle =
        runner.submit(
            FakeJob.of(context -> {
              CountDownLatch closed = new CountDownLatch(1);
              try (var _ = context.cancel().onCancel(closed::countDown)) {
                inside.countDown();
                await(closed);
                await(cleanUp);
                // what a closed connection throws
                throw new StorageException("cluster.io", "connection closed", "");
              }
            }));
    await(inside);
    assertEquals(JobStanding.RUNNING, only().standing());
    assertTrue(only().here());
    assertEquals(handle.id(), runner.running(handle.id()).orElseThrow().id());
    handle.cancel();
    handle.cancel();
    assertEquals(JobState.CANCELLING, handle.progress().state());
    assertEquals(JobStanding.CANCELLING, only().standing());
    assertEquals(Optional.empty(), handle.await(Duration.ofMillis(50)));
    cleanUp.countDown();
    assertInstanceOf(Outcome.Cancelled.class, handle.await());
    assertEquals(JobStanding.CANCELLED, only().standing());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void closingCancelsAndRefusesMore() {
    JobHandle handle =
        runner.submit(
            FakeJob.of(context -> {
              while (true) {
                context.cancel().checkpoint();
                LockSupport.parkNanos(1_000_000);
              }
            }));
    runner.close();
    assertInstanceOf(Outcome.Cancelled.class, handle.await());
    assertThrows(
        ConflictException.class, () -> runner.submit(FakeJob.of(_ -> FakeJob.completed())));
    assertEquals(JobStanding.CANCELLED, only().standing());
  }

  @Test
  void leftoversKeepTheJournalUntilTheyAreGone() {
    JobHandle handle =
        runner.submit(
            FakeJob.of(context -> {
              context.journal().creating("/api/v1/pods/a");
              context.journal().creating("/api/v1/pods/b");
              context.journal().removed("/api/v1/pods/b");
              return FakeJob.completed();
            }));
    handle.await();
    assertEquals(List.of("/api/v1/pods/a"), only().leftovers());
    assertEquals(JobStanding.COMPLETED, only().standing());
    assertEquals(1, runner.tidy().size());
    assertEquals(1, journals.leftovers().size());
    try (OpenJournal journal = journals.claim(handle.id()).orElseThrow()) {
      journal.removed("/api/v1/pods/a");
    }
    assertEquals(List.of(), runner.tidy());
    assertEquals(List.of(), journals.all());
    assertEquals(List.of(), only().leftovers());
    assertEquals(JobStanding.COMPLETED, only().standing());
  }

  @Test
  void deadJobIsInterruptedAndTakenUp() {
    JobId id = new JobId("abcdefghijkl");
    try (OpenJournal journal = journals.begin(id, FakeJob.SPEC)) {
      journal.step("files");
      journal.note("packs", "17");
      journal.creating("/api/v1/pods/a");
    }
    assertEquals(JobStanding.INTERRUPTED, only().standing());
    List<JournalView> told = runner.tidy();
    assertEquals(1, told.size());
    assertEquals("files", told.getFirst().lastStep());
    assertEquals("INTERRUPTED", catalog.job(id.text()).orElseThrow().state());
    assertEquals("files", only().lastStep());

    JobHandle handle =
        runner.resume(
            id,
            FakeJob.of(context -> {
              JournalView past = context.past().orElseThrow();
              assertThrows(
                  LockedException.class,
                  () -> runner.resume(id, FakeJob.of(_ -> FakeJob.completed())));
              past.leftovers().forEach(context.journal()::removed);
              return new Outcome.Completed(past.notes().get("packs"), List.of());
            }));
    assertEquals(id, handle.id());
    assertEquals("17", handle.await().restorePoint());
    assertEquals(JobStanding.COMPLETED, only().standing());
    assertEquals(List.of(), journals.all());
    assertThrows(
        NotFoundException.class, () -> runner.resume(id, FakeJob.of(_ -> FakeJob.completed())));
  }

  @Test
  void settlingADeadJob() {
    JobId id = new JobId("abcdefghijkl");
    try (OpenJournal journal = journals.begin(id, FakeJob.SPEC)) {
      journal.creating("/api/v1/pods/a");
    }
    runner.tidy();
    runner.settle(id);
    assertEquals(JobStanding.INTERRUPTED, only().standing());
    try (OpenJournal journal = journals.claim(id).orElseThrow()) {
      journal.removed("/api/v1/pods/a");
    }
    runner.settle(id);
    assertEquals(JobStanding.FAILED, only().standing());
    assertEquals(List.of(), journals.all());
    assertEquals(List.of(), runner.tidy());
  }

  @Test
  void brokenCatalogHoldsNoJobUp() throws IOException {
    Files.writeString(data.resolve("catalog"), "a file where the folder should be");
    JobHandle handle = runner.submit(FakeJob.of(_ -> FakeJob.completed()));
    assertInstanceOf(Outcome.Completed.class, handle.await());
    assertEquals(1, journals.all().size());
    Files.delete(data.resolve("catalog"));
    assertEquals(List.of(), runner.tidy());
    assertEquals(List.of(), journals.all());
    assertEquals(JobStanding.COMPLETED, only().standing());
  }

  @Test
  void journalThatCannotBeWrittenHoldsTheJob() throws IOException {
    Files.writeString(data.resolve("journal"), "a file where the folder should be");
    assertThrows(StorageException.class, () -> runner.submit(FakeJob.of(_ -> FakeJob.completed())));
    assertFalse(runner.jobs().stream().anyMatch(j -> true));
  }

  @Test
  void rowWithoutAJournalNeverRunsForEver() throws IOException {
    JobHandle handle =
        runner.submit(
            FakeJob.of(context -> {
              context.cancel().checkpoint();
              return FakeJob.completed();
            }));
    handle.await();
    var row = catalog.job(handle.id().text()).orElseThrow();
    catalog.putJob(
        new dev.backstay.catalog.JobRow(
            row.id(),
            row.kind(),
            "RUNNING",
            row.context(),
            row.clusterId(),
            row.namespace(),
            row.repository(),
            row.details(),
            row.submitted(),
            row.started(),
            null,
            null));
    assertEquals(JobStanding.INTERRUPTED, only().standing());
  }
}
