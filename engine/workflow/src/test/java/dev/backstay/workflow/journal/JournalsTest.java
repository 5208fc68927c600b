package dev.backstay.workflow.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.EngineException;
import dev.backstay.model.Outcome;
import dev.backstay.model.StorageException;
import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalsTest {

  private static final JobId JOB = new JobId("abcdefghijkl");
  private static final JobSpec SPEC =
      new JobSpec(JobKind.BACKUP, "kind", "c1", "shop", "/repo", Map.of("a", "b"));

  @TempDir Path data;
  private Journals journals;
  private Path folder;

  @BeforeEach
  void open() {
    folder = data.resolve("journal");
    journals = Journals.open(folder, "installation", InstantSource.system());
  }

  @AfterEach
  void close() {
    journals.close();
  }

  @Test
  void openingTouchesNothing() {
    assertEquals(List.of(), journals.all());
    assertFalse(Files.exists(folder));
    assertEquals(Optional.empty(), journals.claim(JOB));
    assertEquals(Optional.empty(), journals.find(JOB));
  }

  @Test
  void saysWhatWasDoneWhileItIsWrittenAndAfterwards() throws IOException {
    OpenJournal journal = journals.begin(JOB, SPEC);
    journal.step("volumesnapshots");
    journal.creating("/a");
    journal.creating("/b");
    journal.creating("/c");
    journal.removed("/b");
    journal.note("k", "1");
    journal.note("k", "2");
    journal.step("files");
    JournalView live = journals.find(JOB).orElseThrow();
    assertTrue(live.alive());
    assertFalse(live.interrupted());
    assertEquals(List.of("/a", "/c"), live.leftovers());
    assertEquals(List.of(), journals.dead());
    assertEquals(List.of(), journals.leftovers());
    journal.close();
    JournalView dead = journals.dead().getFirst();
    assertTrue(dead.interrupted());
    assertEquals(SPEC, dead.spec());
    assertEquals("files", dead.lastStep());
    assertEquals(Map.of("k", "2"), dead.notes());
    assertEquals(List.of("/a", "/c"), dead.leftovers());
    assertEquals(ProcessHandle.current().pid(), dead.owner().pid());
    assertEquals("installation", dead.owner().installation());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("abcdefghijkl.jsonl"))));
  }

  @Test
  void anotherJournalsSeesItAliveAndMayNotTakeIt() {
    OpenJournal journal = journals.begin(JOB, SPEC);
    try (Journals other = Journals.open(folder, "installation", InstantSource.system())) {
      journal.step("x");
      assertTrue(other.find(JOB).orElseThrow().alive());
      assertEquals(Optional.empty(), other.claim(JOB));
      journal.close();
      assertTrue(other.find(JOB).orElseThrow().interrupted());
      try (OpenJournal taken = other.claim(JOB).orElseThrow()) {
        assertTrue(journals.find(JOB).orElseThrow().alive());
        assertEquals("x", taken.view().lastStep());
        taken.ended(new Outcome.Cancelled(List.of()));
      }
      assertEquals(
          Optional.of("CANCELLED"),
          journals.find(JOB).map(JournalView::end).map(JournalEnd::outcome));
    }
  }

  @Test
  void tornLastLineIsCutOffWhenTheJobIsTakenUp() throws IOException {
    try (OpenJournal journal = journals.begin(JOB, SPEC)) {
      journal.step("one");
    }
    Path file = folder.resolve("abcdefghijkl.jsonl");
    Files.writeString(file, "{\"at\":\"2026", StandardOpenOption.APPEND);
    try (OpenJournal journal = journals.claim(JOB).orElseThrow()) {
      journal.takenUp();
      journal.step("two");
    }
    assertEquals("two", journals.find(JOB).orElseThrow().lastStep());
    assertEquals(4, Files.readAllLines(file).size());
  }

  @Test
  void unbegunJournalIsDroppedAndForeignFilesStay() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("abcdefghijkl.jsonl"), "{\"at\":\"20");
    Files.writeString(folder.resolve("notes.txt"), "mine");
    assertEquals(List.of(), journals.all());
    assertEquals(Optional.empty(), journals.claim(JOB));
    journals.dropUnbegun();
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("notes.txt")), files.toList());
    }
  }

  @Test
  void linesOfANewerProgramArePassedOver() throws IOException {
    try (OpenJournal journal = journals.begin(JOB, SPEC)) {
      journal.step("one");
    }
    Files.writeString(
        folder.resolve("abcdefghijkl.jsonl"),
        "{\"at\":\"2026-11-23T12:00:00Z\",\"entry\":\"nova\"}\nnonsense\n",
        StandardOpenOption.APPEND);
    assertEquals("one", journals.find(JOB).orElseThrow().lastStep());
  }

  @Test
  void deletedMeansGone() throws IOException {
    OpenJournal journal = journals.begin(JOB, SPEC);
    journal.delete();
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
    assertEquals(
        "journal.closed", assertThrows(StorageException.class, () -> journal.step("x")).code());
  }

  @Test
  void installationIdIsMadeOnce() throws IOException {
    Path home = data.resolve("home");
    String id = Installation.id(home, new Random(1));
    assertTrue(id.matches("[a-z0-9]{12}"));
    assertEquals(id, Installation.id(home, new Random(2)));
    Files.writeString(home.resolve("installation-id"), "");
    assertTrue(Installation.id(home, new Random(3)).matches("[a-z0-9]{12}"));
    Files.writeString(home.resolve("installation-id"), "Something Else");
    EngineException error =
        assertThrows(StorageException.class, () -> Installation.id(home, new Random(4)));
    assertEquals("journal.no-installation-id", error.code());
  }
}
