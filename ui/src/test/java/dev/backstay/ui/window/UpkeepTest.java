package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.tick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.model.RestorePoint;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.repository.RepositorySession;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Forget by rules and prune, from the plan to the space that is back.
final class UpkeepTest {

  @TempDir Path folder;

  private static RepositorySession session(WindowRun run) {
    return Toolkit.on(() ->
        Objects.requireNonNull(
            Objects.requireNonNull(run.window().desk().repositories().chosen()).session()));
  }

  private static void keep(WindowRun run, String last) {
    for (String period : List.of("daily", "weekly", "monthly", "last-good")) {
      run.type("forget-" + period, "");
    }
    run.type("forget-last", last);
  }

  @Test
  void restorePointsAreForgottenByRulesAndTheirSpaceComesBack() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint newest = newest(run, 3);
      go(run, new Place.Repositories());
      run.press("repository-expire");
      // the newest of the day, and the oldest, as restic does while a rule has room left
      run.until("two stay", () -> run.shows("forget-summary", "1 snapshot is removed"));
      assertTrue(run.disabled("dialog-action"), "not agreed to yet");
      keep(run, "3");
      run.until("all stay", () -> run.shows("forget-summary", "0 snapshots are removed"));
      assertTrue(run.disabled("dialog-action"), "nothing to do");
      keep(run, "many");
      run.until("the number is none", () -> run.says("#dialog .bad-notice", "many"));
      run.shots("forget-bad");
      keep(run, "1");
      run.until("two go", () -> run.shows("forget-summary", "2 snapshots are removed"));
      run.shots("forget-plan");
      tick(run, "forget-agree", true);
      run.press("dialog-action");
      run.press("forget-prune");
      run.until("what is not needed is told", () -> run.says("#dialog", "Not needed"));
      run.shots("prune-plan");
      tick(run, "prune-exclusive", true);
      run.press("prune-again");
      run.until("it is planned anew", () -> run.ready("dialog-action"));
      run.press("dialog-action");
      run.until("it is done", () -> run.says("#dialog .ok-notice", "given back"));
      run.shots("prune-done");
      run.press("dialog-action");

      assertEquals(1, session(run).snapshots().size());
      assertTrue(session(run).check(true, new CancelToken(), Meter.NONE).sound(), "what is left");
      run.until("the list follows", () -> run.window().desk().points().all().size() == 1);
      go(run, new Place.Browse(newest, "/volumes/uploads/" + DemoShop.A_FILE));
      run.until("its files are there", () -> run.has("preview-text"));
    }
  }
}
