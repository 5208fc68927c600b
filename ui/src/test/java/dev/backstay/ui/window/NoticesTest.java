package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.ended;
import static dev.backstay.ui.window.Steps.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.backstay.model.Outcome;
import dev.backstay.ui.jobs.Jobs;
import dev.backstay.ui.shell.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The end of a job is told where the user is, and leads to the job.
final class NoticesTest {

  @TempDir Path folder;

  /// So slow that one can go elsewhere meanwhile.
  private static void slow(WindowRun run) throws Exception {
    byte[] noise = new byte[1 << 20];
    new Random().nextBytes(noise);
    Files.write(run.sandbox().volume("shop", "uploads").resolve("big.bin"), noise);
    run.sandbox().faults().slowStreams(200_000);
  }

  private static void backUp(WindowRun run) {
    go(run, new Place.BackUp(cluster(run), "shop", List.of()));
    run.until("the plan is there", () -> run.shows("backup-total", "→"));
    run.press("backup-start");
  }

  @Test
  void theEndOfAJobIsToldElsewhere() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      slow(run);
      backUp(run);
      run.until("it runs", () -> run.has("job-cancel"));
      go(run, new Place.Points());
      run.sandbox().faults().clear();
      Jobs.Ended end = run.nextEnd();
      assertInstanceOf(Outcome.Completed.class, end.outcome());
      run.until("it is told", () -> run.says(".notification-bar", "Completed"));
      run.shots("notice-completed");
      Hands hands = new Hands(run);
      hands.click(
          run.all(".notification-bar .button").stream()
              .filter(
                  node -> "Show the job".equals(((javafx.scene.control.Labeled) node).getText()))
              .findFirst()
              .orElseThrow());
      assertEquals(
          new Place.Jobs(end.job().id()),
          Toolkit.on(() -> run.window().desk().navigator().place()));
    }
  }

  /// What failed stays until it is closed; what is in view is not told.
  @Test
  void aFailureStays() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      backUp(run);
      assertInstanceOf(Outcome.Completed.class, ended(run));
      run.settle();
      assertFalse(run.says(".notification-bar", "Completed"), "the user looks at the job");
      run.sandbox().faults().answer("list", "configmaps", 500, 1000);
      slow(run);
      backUp(run);
      run.until("it runs", () -> run.has("job-cancel"));
      go(run, new Place.Points());
      assertInstanceOf(Outcome.PartiallyFailed.class, ended(run));
      run.until("it is told", () -> run.says(".notification-bar", "Partially failed"));
      run.shots("notice-partial");
    }
  }
}
