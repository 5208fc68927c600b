package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.newest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Outcome;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.job.JobStanding;
import dev.backstay.workflow.job.JobSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs of other processes, dead ones, and several at once.
final class JobsPageTest {

  @TempDir Path folder;

  private static void bigFile(WindowRun run) throws Exception {
    byte[] bytes = new byte[8 << 20];
    new Random(3).nextBytes(bytes);
    Files.write(run.sandbox().volume("shop", "uploads").resolve("big.bin"), bytes);
  }

  private static JobSummary first(WindowRun run) {
    return Toolkit.on(() -> run.window().desk().jobs().all().getFirst());
  }

  private static boolean stands(WindowRun run, JobStanding standing) {
    return !run.window().desk().jobs().all().isEmpty()
        && run.window().desk().jobs().all().getFirst().standing() == standing;
  }

  /// While it lives it is followed and nothing of it can be pressed; once it is killed it can be
  /// taken up or cleaned up after.
  @Test
  void aJobOfAnotherProcessAndWhatIsLeftOfIt() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      bigFile(run);
      run.sandbox().faults().slowStreams(300_000);
      go(run, new Place.Jobs(null));
      Process other = OtherProcess.backUp(run, "shop");
      try {
        run.until("it is listed", () -> stands(run, JobStanding.RUNNING));
        assertTrue(first(run).elsewhere());
        assertEquals(other.pid(), first(run).pid());
        go(run, new Place.Overview());
        go(run, new Place.Jobs(first(run).id()));
        run.until(
            "it is told whose it is", () -> run.says("#job-elsewhere", Long.toString(other.pid())));
        assertFalse(run.has("job-again"), "it cannot be planned again while it runs");
        assertFalse(run.has("job-cancel"), "it can only be cancelled there");
        ListView<?> log = (ListView<?>) run.node("job-log");
        run.until("its log is followed", () -> log.getItems().size() > 5);
        run.shots("job-elsewhere");
      } finally {
        other.destroyForcibly().waitFor();
      }
      run.until("its death is noticed", () -> stands(run, JobStanding.INTERRUPTED));
      run.until("it can be resumed", () -> run.shows("job-again", "Resume"));
      assertTrue(run.has("job-clean-up"), "what it left can be removed");
      run.shots("job-interrupted");
      go(run, new Place.Overview());
      run.until("it is told at the start too", () -> run.says("#content", "interrupted"));
      run.shots("overview-interrupted");
      run.sandbox().faults().clear();
      go(run, new Place.Jobs(first(run).id()));
      run.press("job-again");
      run.until("it is taken up", () -> run.says("#content", "Takes up the interrupted job"));
      run.shots("backup-resumes");
      run.press("backup-start");
      assertInstanceOf(Outcome.Completed.class, run.nextEnd().outcome());
      run.until("it is the same job", () -> stands(run, JobStanding.COMPLETED));
    }
  }

  @Test
  void whatADeadJobLeftIsCleanedUp() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      bigFile(run);
      run.sandbox().faults().slowStreams(300_000);
      go(run, new Place.Jobs(null));
      Process other = OtherProcess.backUp(run, "shop");
      run.until("it has a mover pod", () -> !movers(run).isEmpty());
      other.destroyForcibly().waitFor();
      run.sandbox().faults().clear();
      run.until("its death is noticed", () -> stands(run, JobStanding.INTERRUPTED));
      go(run, new Place.Overview());
      go(run, new Place.Jobs(first(run).id()));
      run.until("it is shown", () -> run.has("job-clean-up"));
      run.press("job-clean-up");
      run.press("clean-up-open-sandbox");
      run.until("what it left is listed", () -> run.says("#dialog", "backstay-"));
      run.shots("clean-up-leftovers");
      run.press("dialog-action");
      assertInstanceOf(Outcome.Completed.class, run.nextEnd().outcome());
      run.until("nothing of it is left", () -> movers(run).isEmpty());
    }
  }

  private static List<String> movers(WindowRun run) {
    return run.sandbox().names("pods", "shop").stream()
        .filter(name -> name.startsWith("backstay-"))
        .toList();
  }

  @Test
  void twoAtOnce() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      bigFile(run);
      run.sandbox().faults().slowStreams(300_000);
      go(run, new Place.BackUp(cluster(run), "shop", List.of()));
      run.press("backup-start");
      run.until("it runs", () -> run.has("job-cancel"));
      go(run, new Place.Restore(point, List.of()));
      run.press("restore-next");
      run.press("restore-next");
      run.press("restore-start");
      run.until("both run", () -> run.window().desk().jobs().running().size() == 2);
      run.until("both are listed", () -> running(run) == 2);
      run.until("the bar counts them", () -> run.shows("status-more", "one more"));
      run.shots("jobs-two");
      run.sandbox().faults().clear();
      run.until("both end", () -> run.window().desk().jobs().running().isEmpty());
      run.until("both are told", () -> running(run) == 0);
      for (JobSummary job : Toolkit.on(() -> run.window().desk().jobs().all().subList(0, 2))) {
        assertTrue(job.standing().name().startsWith("COMPLETED"), job.toString());
      }
      assertTrue(
          run.sandbox().get("persistentvolumeclaims", "shop-restored", "uploads").isPresent());
    }
  }

  private static long running(WindowRun run) {
    return run.window().desk().jobs().all().stream()
        .filter(job -> job.standing() == JobStanding.RUNNING)
        .count();
  }
}
