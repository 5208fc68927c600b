package dev.backstay.workflow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.catalog.Catalog;
import dev.backstay.model.Outcome;
import dev.backstay.workflow.journal.JournalView;
import dev.backstay.workflow.journal.Journals;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A real process with a job in it is killed after each deed; the next start says exactly what had
/// been done, and goes on from there.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class JobKillTest {

  @TempDir Path data;

  /// What the deeds amount to.
  private record Expected(
      @Nullable String lastStep, List<String> leftovers, Map<String, String> notes) {

    static Expected of(List<String> deeds) {
      String step = null;
      Set<String> leftovers = new LinkedHashSet<>();
      Map<String, String> notes = new TreeMap<>();
      for (String deed : deeds) {
        List<String> words = List.of(deed.split(" "));
        switch (words.getFirst()) {
          case "step" -> step = words.get(1);
          case "creating" -> leftovers.add(words.get(1));
          case "removed" -> leftovers.remove(words.get(1));
          default -> notes.put(words.get(1), words.get(2));
        }
      }
      return new Expected(step, List.copyOf(leftovers), Map.copyOf(notes));
    }
  }

  static Stream<Integer> deeds() {
    return Stream.iterate(0, i -> i <= SlowJobProcess.DEEDS.size(), i -> i + 1);
  }

  @ParameterizedTest
  @MethodSource("deeds")
  void killedAfterEachDeed(int done) throws Exception {
    JobId id = runAndKill(done);
    List<String> deeds = SlowJobProcess.DEEDS.subList(0, done);
    Expected expected = Expected.of(deeds);
    withRunner(start -> {
      assertEquals(JobStanding.INTERRUPTED, start.only().standing());
      List<JournalView> told = start.runner().tidy();
      assertEquals(List.of(id), told.stream().map(JournalView::job).toList());
      JournalView view = told.getFirst();
      assertEquals(expected, new Expected(view.lastStep(), view.leftovers(), view.notes()));
      assertEquals(FakeJob.SPEC, view.spec());
      assertEquals(JobStanding.INTERRUPTED, start.only().standing());
      assertFalse(start.only().here());
      assertGoesOn(start.runner(), id, done);
      assertEquals(JobStanding.COMPLETED, start.only().standing());
      assertEquals("point1", start.only().restorePoint());
    });
    withRunner(start -> {
      assertEquals(List.of(), start.runner().tidy());
      assertEquals(JobStanding.COMPLETED, start.only().standing());
    });
  }

  private static void assertGoesOn(JobRunner runner, JobId id, int done) {
    List<String> rest = SlowJobProcess.DEEDS.subList(done, SlowJobProcess.DEEDS.size());
    JobHandle handle =
        runner.resume(
            id,
            FakeJob.of(context -> {
              rest.forEach(deed -> SlowJobProcess.perform(context, deed));
              return FakeJob.completed();
            }));
    assertInstanceOf(Outcome.Completed.class, handle.await());
  }

  @Test
  void killedAfterTheEndIsNoInterruption() throws Exception {
    runAndKill(SlowJobProcess.DEEDS.size() + 1);
    withRunner(start -> {
      assertEquals(JobStanding.COMPLETED, start.only().standing());
      assertEquals(List.of(), start.runner().tidy());
      assertEquals(JobStanding.COMPLETED, start.only().standing());
    });
  }

  @Test
  void jobOfAnotherProcessRunsAndIsLeftAlone() throws Exception {
    Process process = SlowJobProcess.start(data, List.of());
    BufferedReader output = process.inputReader();
    JobId id = id(output);
    withRunner(start -> {
      assertEquals(List.of(), start.runner().tidy());
      assertEquals(JobStanding.RUNNING, start.only().standing());
      assertEquals(id, start.only().id());
      assertFalse(start.only().here());
      FakeJob mine = FakeJob.of(_ -> FakeJob.completed());
      start.runner().submit(mine).await();
      assertEquals(2, start.runner().jobs().size());
    });
    process.destroyForcibly().waitFor();
    withRunner(start ->
        assertTrue(
            start.runner().jobs().stream()
                .anyMatch(j -> j.id().equals(id) && j.standing() == JobStanding.INTERRUPTED)));
  }

  @Test
  void fullDiskFailsTheJobBeforeTheStepAndIsHonestAfterwards() throws Exception {
    // a limit of the file size is met just as a full disk is; in units of 1 KiB
    Process process =
        SlowJobProcess.start(
            data, List.of("bash", "-c", "ulimit -f 512; exec \"$@\"", "bash"), "flood");
    BufferedReader output = process.inputReader();
    JobId id = id(output);
    assertEquals("journal.cannot-write", output.readLine());
    process.outputWriter().close();
    process.waitFor();
    withRunner(start -> {
      start.runner().tidy();
      assertEquals(id, start.only().id());
      // the last line is shorter than the refused one: it may or may not have found room
      assertTrue(
          Set.of(JobStanding.FAILED, JobStanding.INTERRUPTED).contains(start.only().standing()));
    });
  }

  /// @param done how many deeds; one more stands for the end
  private JobId runAndKill(int done) throws Exception {
    Process process = SlowJobProcess.start(data, List.of());
    BufferedReader output = process.inputReader();
    JobId id = id(output);
    List<String> said = new ArrayList<>();
    BufferedWriter input = process.outputWriter();
    for (int i = 0; i < done; i++) {
      input.write("\n");
      input.flush();
      said.add(output.readLine());
    }
    process.destroyForcibly().waitFor();
    assertEquals(done > SlowJobProcess.DEEDS.size(), said.contains("ended"));
    return id;
  }

  private static JobId id(BufferedReader output) throws IOException {
    String line = output.readLine();
    assertTrue(line != null && line.startsWith("running "), line);
    return new JobId(line.substring("running ".length()));
  }

  private record Start(JobRunner runner) {
    JobSummary only() {
      List<JobSummary> jobs = runner.jobs();
      assertEquals(1, jobs.size());
      return jobs.getFirst();
    }
  }

  private void withRunner(Consumer<Start> body) {
    InstantSource clock = InstantSource.system();
    try (Journals journals = Journals.open(data.resolve("journal"), "installation", clock);
        Catalog catalog = Catalog.open(data.resolve("catalog"), clock);
        JobRunner runner = new JobRunner(journals, catalog, clock, new Random())) {
      body.accept(new Start(runner));
      assertTrue(catalog.rebuildReason().isEmpty());
    }
  }
}
