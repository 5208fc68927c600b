package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.choose;
import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.ended;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.tick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Outcome;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.shell.Place;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ToggleButton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can be chosen on the command line can be chosen in the window.
final class ChoicesTest {

  @TempDir Path folder;

  @Test
  void aBackupLeavesOutWhatIsNotWanted() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      newest(run, 3);
      go(run, new Place.BackUp(cluster(run), "shop", List.of()));
      run.until("the plan is there", () -> run.shows("backup-total", "2 PVCs"));
      tick(run, "backup-pvc-uploads", false);
      run.until("it is left out", () -> run.shows("backup-total", "1 PVC,"));
      ToggleButton secrets = (ToggleButton) run.node("backup-kind-secrets");
      Toolkit.run(() -> secrets.setSelected(false));
      run.until(
          "they are not among what is taken",
          () -> {
            var chips = run.stage().getScene().getRoot().lookupAll(".chip");
            return chips.stream()
                .anyMatch(c ->
                    "backup-kind-secrets".equals(c.getId()) && !((ToggleButton) c).isSelected());
          });
      run.shots("backup-choices");
      run.press("backup-start");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      RestorePoint point = newest(run, 4);
      assertEquals(1, point.volumes().size());
      assertTrue(point.selective(), "only a part of the namespace");
      go(run, new Place.Browse(point, "/manifests/core"));
      run.until("kinds are listed", () -> run.says("#browse-table", "configmaps"));
      assertFalse(run.says("#browse-table", "secrets"));
    }
  }

  @Test
  void labelsThatAreNoneAreToldWhereTheyStand() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      newest(run, 3);
      go(run, new Place.BackUp(cluster(run), "shop", List.of()));
      run.until("the plan is there", () -> run.shows("backup-total", "2 PVCs"));
      run.type("backup-selector", "app in (");
      run.until("it is told", () -> run.says("#content", "app in ("));
      run.shots("backup-bad-selector");
      assertTrue(run.disabled("backup-start"));
      run.type("backup-selector", "app=nothing-has-this");
      run.until("another plan is there", () -> run.shows("backup-total", "0 manifests"));
      run.type("backup-selector", "");
      run.until("everything is back", () -> run.shows("backup-total", "2 PVCs"));
    }
  }

  @Test
  void singleObjectsAreRestoredByName() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      run.sandbox().delete("configmaps", "shop", "shop-settings");
      go(run, new Place.Restore(point, List.of()));
      choose(run, "restore-some");
      run.type("restore-only-objects", "configmap/shop-settings");
      run.press("restore-next");
      choose(run, "restore-origin");
      run.press("restore-next");
      run.until("the plan is there", () -> run.has("restore-objects"));
      run.shots("restore-object");
      run.press("restore-start");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      assertTrue(run.sandbox().get("configmaps", "shop", "shop-settings").isPresent());
    }
  }
}
