package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.ended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Outcome;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.workflow.cleanup.CleanUpPlan;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.JobHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Closing a window or a context while jobs run: they are named, cancelled, and clean up after
/// themselves with the session that they were planned with.
final class ClosingTest {

  @TempDir Path folder;

  /// A backup that reads a volume slowly, once its mover pod is there.
  private static JobHandle slowBackUp(WindowRun run) throws Exception {
    Toolkit.run(() -> run.window().open("sandbox", "shop"));
    run.until("the namespace is shown", () -> run.shows("namespace-summary", "2 PVCs"));
    byte[] noise = new byte[8 << 20];
    new Random(7).nextBytes(noise);
    Files.write(run.sandbox().volume("shop", "uploads").resolve("big.bin"), noise);
    run.sandbox().faults().slowStreams(200_000);
    run.press("back-up");
    run.until("the plan is there", () -> run.shows("backup-total", "→"));
    run.press("backup-start");
    run.until("it runs", () -> run.has("job-cancel"));
    run.until("its volumes are read", () -> run.says("#job-details", "MiB"));
    return Toolkit.on(() -> run.window().desk().jobs().running().getFirst());
  }

  private static void askToClose(WindowRun run) {
    Toolkit.run(() ->
        run.stage().fireEvent(new WindowEvent(run.stage(), WindowEvent.WINDOW_CLOSE_REQUEST)));
  }

  private static void nothingIsLeft(WindowRun run) {
    try (ClusterSession session = run.session()) {
      CleanUpPlan left = run.engine.planCleanUp(session, "");
      assertEquals(List.of(), left.leftovers(), "temporary objects");
    }
  }

  @Test
  void closingTheWindowCancelsWhatRunsAndLeavesNothing() throws Exception {
    WindowRun run = WindowRun.shop(folder);
    JobHandle job = slowBackUp(run);
    askToClose(run);
    run.until("the job is named", () -> run.says("#dialog", "A job is running"));
    askToClose(run);
    run.shots("close-running");
    run.press("dialog-cancel");
    assertTrue(run.stage().isShowing(), "no is no");
    assertFalse(run.has("dialog"), "asked twice, answered once");
    askToClose(run);
    run.press("dialog-action");
    run.until("the window is gone", () -> !run.stage().isShowing());
    run.sandbox().faults().clear();
    job.cancel();
    assertInstanceOf(Outcome.Cancelled.class, job.await(), "cancelled, not cut off");
    nothingIsLeft(run);
    run.close();
  }

  @Test
  void closingAContextCancelsItsJobsAndLeavesNothing() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      JobHandle job = slowBackUp(run);
      OpenCluster cluster = cluster(run);
      Toolkit.run(() -> run.window().closeContext(cluster));
      run.until("the job is named", () -> run.says("#dialog", "A job runs in this context"));
      run.shots("close-context");
      run.press("dialog-cancel");
      assertEquals(OpenCluster.Standing.OPEN, cluster.standing());
      Toolkit.run(() -> run.window().closeContext(cluster));
      run.press("dialog-action");
      run.until("it is closed", () -> cluster.standing() == OpenCluster.Standing.CLOSED);
      run.sandbox().faults().clear();
      assertInstanceOf(Outcome.Cancelled.class, ended(run));
      assertInstanceOf(Outcome.Cancelled.class, job.await());
      nothingIsLeft(run);
    }
  }
}
