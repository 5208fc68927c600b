package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.ended;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.select;
import static dev.backstay.ui.window.Steps.selectSnapshot;
import static dev.backstay.ui.window.Steps.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Outcome;
import dev.backstay.model.RestorePoint;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.ui.namespace.Row;
import dev.backstay.ui.shell.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// VolumeSnapshots in the window, with the choices of the command line; and what dead jobs left.
final class SnapshotPageTest {

  private static final String SNAPSHOTS = "volumesnapshots.snapshot.storage.k8s.io";

  @TempDir Path folder;

  private static void openShop(WindowRun run) {
    Toolkit.run(() -> run.window().open("sandbox", "shop"));
    run.until("the namespace is shown", () -> run.shows("namespace-summary", "PVCs"));
  }

  private static void take(WindowRun run, String pvc, String name) {
    select(tree(run), pvc);
    run.press("details-take");
    run.type("snapshot-name", name);
    run.until("its plan is there", () -> run.says("#dialog-plan", name));
    run.press("dialog-action");
    assertInstanceOf(Outcome.Completed.class, ended(run));
    openShop(run);
  }

  @Test
  void choicesAreInThePlan() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      openShop(run);
      TreeTableView<Row> tree = tree(run);
      Toolkit.run(() -> {
        tree.getSelectionModel().clearSelection();
        tree.getSelectionModel().selectRange(1, 3);
      });
      run.until("both are named", () -> run.says("#content", "data-db-0, uploads"));
      run.shots("namespace-several");
      run.press("details-take-several");
      run.press("snapshot-more");
      run.type("snapshot-name", "Not A Name");
      run.until("the name is refused", () -> run.says("#dialog-plan", "Not A Name"));
      assertTrue(run.disabled("dialog-action"));
      run.shots("snapshot-take-bad");
      run.type("snapshot-name", "before");
      ComboBox<?> grouping = (ComboBox<?>) run.node("snapshot-grouping");
      Toolkit.run(() -> grouping.getSelectionModel().select(2));
      run.until("the plan is made again", () -> run.says("#dialog-plan", "before"));
      run.until(
          "it can be carried out",
          () ->
              run.stage().getScene().getRoot().lookup("#dialog-action") instanceof ButtonBase b
                  && !b.isDisabled());
      run.shots("snapshot-take");
      run.press("dialog-action");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      openShop(run);
      TreeTableView<Row> again = tree(run);
      run.until("it stands below its PVC", () -> selectSnapshot(again, "uploads"));
      run.press("details-make-pvc");
      run.press("snapshot-more");
      run.type("snapshot-storage-class", "no-such-class");
      run.until("the class is refused", () -> run.says("#dialog-plan", "no-such-class"));
      run.type("snapshot-storage-class", "");
      run.type("snapshot-size", "4Gi");
      run.until("the size is in the plan", () -> run.says("#dialog-plan", "4.0 GiB"));
      run.shots("snapshot-make-pvc");
      run.press("dialog-action");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      assertTrue(
          run.sandbox()
              .get("persistentvolumeclaims", "shop", "uploads-copy")
              .orElseThrow()
              .contains("4294967296"));
    }
  }

  @Test
  void severalAreDeletedAtOnce() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      openShop(run);
      take(run, "uploads", "one");
      take(run, "uploads", "two");
      TreeTableView<Row> tree = tree(run);
      run.until("they stand there", () -> selectSnapshot(tree, "uploads"));
      Toolkit.run(() -> {
        TreeItem<Row> uploads = tree.getRoot().getChildren().getLast();
        tree.getSelectionModel().clearSelection();
        uploads.getChildren().stream()
            .filter(item -> item.getValue() instanceof Row.Snapshot)
            .forEach(item -> tree.getSelectionModel().select(item));
      });
      run.press("details-delete-volumesnapshots");
      run.until("both are in the plan", () -> run.says("#dialog-plan", "two"));
      run.shots("snapshot-delete-several");
      run.press("dialog-action");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      assertTrue(run.sandbox().get(SNAPSHOTS, "shop", "one").isEmpty());
      assertTrue(run.sandbox().get(SNAPSHOTS, "shop", "two").isEmpty());
    }
  }

  /// The restore point has the files of the snapshot, not those of now; the snapshot stays.
  @Test
  void aRestorePointIsMadeOfAVolumeSnapshot() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      newest(run, 3);
      openShop(run);
      Path file = run.sandbox().volume("shop", "uploads").resolve(DemoShop.A_FILE);
      String before = Files.readString(file);
      take(run, "uploads", "by-hand");
      Files.writeString(file, "changed since");
      TreeTableView<Row> tree = tree(run);
      run.until("it stands below its PVC", () -> selectSnapshot(tree, "uploads"));
      run.press("details-back-up-snapshot");
      run.until("the plan names it", () -> run.says("#backup-plan", "by-hand"));
      run.shots("backup-from-snapshot");
      run.press("backup-start");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      RestorePoint point = newest(run, 4);
      assertTrue(point.selective());
      go(run, new Place.Browse(point, "/volumes/uploads/" + DemoShop.A_FILE));
      run.until("its text is shown", () -> run.has("preview-text"));
      run.press("browse-save");
      run.type("dialog-text", folder.resolve("saved").toString());
      run.press("dialog-action");
      Path saved = folder.resolve("saved").resolve("invoice-0007.txt");
      run.until("it is saved", () -> run.says("#dialog", "saved to"));
      assertEquals(before, Files.readString(saved));
      run.sandbox().settle(Duration.ofSeconds(20));
      assertTrue(run.sandbox().get(SNAPSHOTS, "shop", "by-hand").isPresent(), "it stays");
    }
  }

  @Test
  void whatADeadJobLeftIsRemoved() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      newest(run, 3);
      openShop(run);
      String installation = run.engine.installation();
      run.sandbox()
          .apply(
              "shop",
              """
              apiVersion: v1
              kind: PersistentVolumeClaim
              metadata:
                name: backstay-deadjob-1
                labels:
                  backstay.dev/job: deadjob
                  backstay.dev/installation: %s
              spec:
                accessModes: [ReadWriteOnce]
                storageClassName: immediate
                resources: {requests: {storage: 64Mi}}
              """
                  .formatted(installation));
      run.sandbox().settle(Duration.ofSeconds(20));
      go(run, new Place.Jobs(null));
      run.press("clean-up");
      run.until("it is listed", () -> run.says("#dialog", "backstay-deadjob-1"));
      run.shots("clean-up");
      run.press("dialog-action");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      assertTrue(
          run.sandbox().get("persistentvolumeclaims", "shop", "backstay-deadjob-1").isEmpty());
      run.press("clean-up");
      run.until("nothing is left", () -> !run.all("#dialog .ok-notice").isEmpty());
      run.shots("clean-up-nothing");
      assertEquals(List.of(), FacadeGuard.violations());
    }
  }
}
