package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.go;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.ui.shell.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The walks of a newcomer and of an SRE through the window.
final class WalkTest {

  @TempDir Path folder;

  @Test
  void showsEveryScreen() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      run.until("the points are known", () -> run.window().desk().points().all().size() == 3);
      run.shots("overview");
      Toolkit.run(() -> run.window().open("sandbox", "shop"));
      run.until("the namespace is shown", () -> run.shows("namespace-summary", "protected"));
      run.shots("namespace");
      var point = run.window().desk().points().all().getFirst();
      go(run, new Place.Browse(point, "/volumes/uploads"));
      run.until("files are listed", () -> run.has("browse-table"));
      run.shots("browse");
      go(run, new Place.Browse(point, "/manifests/core/secrets"));
      run.shots("browse-secret");
      go(run, new Place.Points());
      run.shots("points");
      var cluster = run.window().desk().clusters().all().getFirst();
      go(run, new Place.BackUp(cluster, "shop", List.of()));
      run.until("the plan is there", () -> run.shows("backup-total", "→"));
      run.shots("backup");
      go(run, new Place.Restore(point, List.of()));
      run.shots("restore-what");
      run.press("restore-next");
      run.shots("restore-where");
      run.press("restore-next");
      run.until("the plan is there", () -> run.has("restore-objects"));
      run.shots("restore-plan");
      go(run, new Place.Jobs(null));
      run.shots("jobs");
      go(run, new Place.Repositories());
      run.shots("repositories");
      go(run, new Place.Classes(cluster));
      run.until("the classes are there", () -> run.has("classes"));
      run.shots("classes");
      go(run, new Place.Settings());
      run.shots("settings");
      go(run, new Place.About());
      run.shots("about");
      run.press("find-anything");
      run.shots("palette");
      assertTrue(run.has("palette-field"));
    }
  }
}
