package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.ended;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.items;
import static dev.backstay.ui.window.Steps.names;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.select;
import static dev.backstay.ui.window.Steps.selectSnapshot;
import static dev.backstay.ui.window.Steps.tab;
import static dev.backstay.ui.window.Steps.tick;
import static dev.backstay.ui.window.Steps.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Outcome;
import dev.backstay.model.RestorePoint;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.namespace.Row;
import dev.backstay.ui.palette.Finding;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.lock.ContextMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an SRE does with the window, on the demo shop. The numbers are those of the requirements of
/// the window (issue 4).
final class SreTest {

  /// What may leave the process while a production context is locked: an allow-list of the test's
  /// own.
  private static final List<Pattern> READING =
      List.of(
          Pattern.compile("GET /[^?]*(\\?.*)?"),
          Pattern.compile("POST /apis/authorization.k8s.io/v1/selfsubject[a-z]+reviews(\\?.*)?"),
          Pattern.compile("(POST|PUT|PATCH) /[a-z0-9./-]+\\?(.*&)?dryRun=All(&.*)?"));

  @TempDir Path folder;

  private static void openShop(WindowRun run) {
    Toolkit.run(() -> run.window().open("sandbox", "shop"));
    run.until("the namespace is shown", () -> run.shows("namespace-summary", "2 PVCs"));
  }

  /// Every button in view is in the palette; every control has a name and can be reached by Tab.
  @Test
  void requirement9EverythingByKeyboardAndPalette() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      openShop(run);
      OpenCluster cluster = cluster(run);
      for (Place place :
          List.of(
              new Place.Overview(),
              new Place.Namespace(cluster, "shop"),
              new Place.Points(),
              new Place.Browse(point, "/volumes/uploads"),
              new Place.BackUp(cluster, "shop", List.of()),
              new Place.Restore(point, List.of()),
              new Place.Jobs(null),
              new Place.Repositories(),
              new Place.Classes(cluster),
              new Place.Settings(),
              new Place.About())) {
        go(run, place);
        assertEquals(List.of(), unnamed(run), place.toString());
        for (Node node : run.all("#content .button")) {
          if (WindowRun.visible(node) && !node.isDisabled() && node.getId() != null) {
            String name = name(node);
            List<Finding> found = Toolkit.on(() -> run.window().findings());
            assertTrue(
                found.stream().anyMatch(f -> f.text().equals(name)), place + " has not " + name);
          }
        }
      }
      go(run, new Place.Browse(point, "/"));
      run.until("files are listed", () -> run.has("browse-table"));
      run.press("find-anything");
      run.type("palette-field", "invoice-0007");
      run.until("files are found below", () -> run.says("#palette-list", "invoice-0007.txt"));
      run.shots("palette-file");
    }
  }

  private static String name(Node node) {
    String text = node instanceof Labeled labeled ? labeled.getText() : null;
    return text == null || text.isEmpty() ? String.valueOf(node.getAccessibleText()) : text;
  }

  private static List<String> unnamed(WindowRun run) {
    List<String> unnamed = new ArrayList<>();
    Toolkit.run(() -> {
      for (Node node : run.stage().getScene().getRoot().lookupAll("*")) {
        boolean control =
            node instanceof ButtonBase
                || node instanceof TextInputControl
                || node instanceof ComboBoxBase
                || node instanceof TableView
                || node instanceof TreeTableView;
        boolean ours = node.getId() != null || node.getStyleClass().contains("button");
        if (control && ours && WindowRun.visible(node) && !part(node)) {
          boolean named = !name(node).equals("null") && !name(node).isBlank();
          boolean prompted =
              node instanceof TextInputControl input && !input.getPromptText().isEmpty();
          if (!named && !prompted) {
            unnamed.add(node + " in " + node.getParent());
          }
          if (!node.isFocusTraversable() && !(node instanceof CheckBox)) {
            unnamed.add("not by Tab: " + node);
          }
        }
      }
    });
    return unnamed;
  }

  /// Inside another control, such as a scroll bar's arrow.
  private static boolean part(Node node) {
    for (Node at = node.getParent(); at != null; at = at.getParent()) {
      if (at instanceof javafx.scene.control.Control control
          && !(control instanceof javafx.scene.control.ScrollPane)
          && !(control instanceof javafx.scene.control.SplitPane)
          && !(control instanceof javafx.scene.control.TabPane)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void requirement10ProductionIsReadOnlyUntilItsNameIsTyped() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      openShop(run);
      Toolkit.run(() -> run.window().mark(cluster(run)));
      run.shots("production-mark");
      tick(run, "mark-production", true);
      ComboBox<?> colour = (ComboBox<?>) run.node("mark-colour");
      Toolkit.run(() -> colour.getSelectionModel().select(4));
      run.press("dialog-action");
      run.until("the badge says it", () -> run.shows("production-badge", "read-only"));
      assertEquals(
          List.of(new ContextMark("sandbox", true, "purple", false)), run.surroundings.marks);
      run.sandbox().requests().record();
      run.shots("production");
      run.press("back-up");
      run.until("it is refused", () -> run.says(".bad-notice", "production"));
      run.shots("production-backup");
      assertTrue(run.disabled("backup-start"));
      for (String request : run.sandbox().requests().seen()) {
        assertTrue(READING.stream().anyMatch(p -> p.matcher(request).matches()), request);
      }
      run.press("production-badge");
      run.shots("production-unlock");
      run.type("dialog-text", "Sandbox");
      run.press("dialog-action");
      run.until("another name is refused", () -> run.says(".bad-notice", "not the name"));
      run.press("dialog-action");
      run.press("production-badge");
      run.type("dialog-text", "sandbox");
      run.press("dialog-action");
      run.until("it is unlocked", () -> run.shows("production-badge", "unlocked"));
      run.press("backup-start");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      openShop(run);
      run.press("production-badge");
      run.until("it is locked again", () -> run.shows("production-badge", "read-only"));
    }
  }

  @Test
  void requirements11To14TheTreeItsTimeAndTheVersionsOfAFile() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      newest(run, 3);
      openShop(run);
      TreeTableView<Row> tree = tree(run);
      for (var column : tree.getColumns()) {
        if (column.isSortable()) {
          Toolkit.run(() -> tree.getSortOrder().setAll(List.of(column)));
          assertEquals(3, names(tree).size(), column.getText());
        }
      }
      Toolkit.run(() -> tree.getSortOrder().clear());
      run.type("namespace-filter", "upl");
      run.until("it is filtered", () -> names(tree).equals(List.of("shop", "uploads")));
      run.type("namespace-filter", "");
      run.until("all are back", () -> names(tree).size() == 3);

      select(tree, "uploads");
      run.press("take-volumesnapshot");
      run.until("the plan is there", () -> run.has("dialog-action"));
      run.shots("volumesnapshot-plan");
      run.press("dialog-action");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      run.until(
          "it stands in the tree, beside restore points",
          () -> {
            TreeItem<Row> uploads =
                tree.getRoot().getChildren().stream()
                    .filter(i -> i.getValue().name().equals("uploads"))
                    .findFirst()
                    .orElseThrow();
            List<Row> below = uploads.getChildren().stream().map(TreeItem::getValue).toList();
            return below.stream().anyMatch(Row.Snapshot.class::isInstance)
                && below.stream().filter(Row.Point.class::isInstance).count() == 3;
          });
      Toolkit.run(() -> tree.getRoot().getChildren().getLast().setExpanded(true));
      run.shots("namespace-tree");

      // one: the PVC; two: browse; three: the moment. Folder and file stay.
      select(tree, "uploads");
      run.press("details-browse");
      run.until("files are listed", () -> run.has("browse-table"));
      RestorePoint before = browsing(run).point();
      go(run, new Place.Browse(before, "/volumes/uploads/" + DemoShop.A_FILE));
      run.until(
          "the file is chosen", () -> run.says("#preview-text", "") && run.has("preview-text"));
      run.press("browse-older");
      run.until("the file is chosen at another moment", () -> run.has("preview-text"));
      TableView<?> table = (TableView<?>) run.node("browse-table");
      run.until(
          "it is selected",
          () ->
              table.getSelectionModel().getSelectedItem() != null
                  && table
                      .getSelectionModel()
                      .getSelectedItem()
                      .toString()
                      .contains("invoice-0007"));

      tab(run, 1);
      run.until("its versions are listed", () -> items(run, "versions") >= 1);
      run.shots("versions");
      go(run, new Place.Browse(before, "/manifests/core/configmaps/shop-settings.yaml"));
      run.until("its text is shown", () -> run.has("preview-text"));
      tab(run, 1);
      run.until("each content is a version", () -> items(run, "versions") == 3);
      run.shots("versions-manifest");
      tab(run, 2);
      run.until("it is compared", () -> run.has("compare-note"));
      run.settle();
      run.shots("compare");
      go(run, new Place.Browse(before, "/volumes"));
      tab(run, 2);
      run.settle();
      run.shots("compare-folder");
    }
  }

  private static Place.Browse browsing(WindowRun run) {
    return (Place.Browse) Toolkit.on(() -> run.window().desk().navigator().place());
  }

  @Test
  void requirement20NothingChosenIsNothingRestored() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      go(run, new Place.Restore(point, List.of()));
      RadioButton some = (RadioButton) run.node("restore-some");
      Toolkit.run(() -> some.setSelected(true));
      assertTrue(run.disabled("restore-next"));
      assertTrue(
          run.text("restore-total").startsWith("0 files, 0 B, 0 manifests → "),
          run.text("restore-total"));
      run.shots("restore-nothing");
      RadioButton all = (RadioButton) run.node("restore-everything");
      Toolkit.run(() -> all.setSelected(true));
      assertTrue(run.text("restore-total").contains("→ sandbox / shop-restored"));
      run.press("restore-next");
      run.press("restore-next");
      run.until("the plan is there", () -> run.has("restore-objects"));
      assertFalse(run.has("restore-agree"), "nothing is destroyed in a new namespace");
      run.press("restore-start");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      assertTrue(
          run.sandbox().get("persistentvolumeclaims", "shop-restored", "uploads").isPresent());
    }
  }

  @Test
  void requirement21ARunningJobIsToldAndCanBeCancelled() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      openShop(run);
      Files.write(run.sandbox().volume("shop", "uploads").resolve("big.bin"), noise(8 << 20));
      run.sandbox().faults().slowStreams(400_000);
      run.press("back-up");
      run.until("the plan is there", () -> run.shows("backup-total", "→"));
      run.press("backup-start");
      run.until("it runs", () -> run.has("job-cancel"));
      run.until("its volumes are read", () -> run.says("#job-details", "MiB"));
      Thread.sleep(2500);
      run.shots("job-running");
      assertTrue(run.says("#job-details", "/s"), "a rate");
      List<String> movers = movers(run);
      assertFalse(movers.isEmpty(), "a mover pod reads the volume");
      run.press("job-cancel");
      long pressed = System.nanoTime();
      assertInstanceOf(Outcome.Cancelled.class, ended(run));
      Figures.add("cancel of a running backup", (System.nanoTime() - pressed) / 1_000_000 + " ms");
      run.sandbox().faults().clear();
      run.until("it is told", () -> run.says("#job-details", "ancelled"));
      run.shots("job-cancelled");
      assertEquals(List.of(), movers(run));
    }
  }

  /// Mover pods are named `backstay-<job>-<hash>`.
  private static List<String> movers(WindowRun run) {
    return run.sandbox().names("pods", "shop").stream()
        .filter(name -> name.startsWith("backstay-"))
        .toList();
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new java.util.Random(7).nextBytes(bytes);
    return bytes;
  }

  @Test
  void requirement22PartialFailuresNameEachItem() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      openShop(run);
      run.sandbox().faults().answer("list", "configmaps", 500, 1000);
      run.press("back-up");
      run.until("the plan is there", () -> run.shows("backup-total", "→"));
      run.press("backup-start");
      Outcome outcome = ended(run);
      assertInstanceOf(Outcome.PartiallyFailed.class, outcome, outcome.toString());
      run.until("the item is named", () -> run.says(".bad-notice", "configmaps"));
      run.shots("job-partial");
      go(run, new Place.Points());
      run.until("the point says so", () -> run.says("#points-table", "Partial"));
      run.shots("points-partial");
    }
  }

  /// Without the cluster, restore points are listed and browsed; opening it says what is needed.
  @Test
  void requirement25WithoutNetwork() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      run.sandbox().close();
      go(run, new Place.Browse(point, "/volumes/uploads/" + DemoShop.A_FILE));
      run.until("its text is shown", () -> run.has("preview-text"));
      go(run, new Place.Overview());
      run.shots("overview-offline");
      go(run, new Place.Namespace(cluster(run), "shop"));
      run.until("the context failed", () -> cluster(run).standing() == OpenCluster.Standing.FAILED);
      run.settle();
      run.until("it may still be there", () -> run.says("#namespace-tree", "Unknown"));
      assertFalse(run.says("#namespace-tree", "Gone"), "nobody said that it is gone");
      run.shots("namespace-unreachable");
      assertTrue(run.says("#content", "127.0.0.1") || run.says("#content", "sandbox"));
      go(run, new Place.About());
      assertTrue(run.says("#content", run.repository.toString()), "connections are listed");
      run.shots("about-connections");
    }
  }

  @Test
  void aFileIsFoundByAPartOfItsName() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      go(run, new Place.Browse(point, "/volumes"));
      run.until("folders are listed", () -> items(run, "browse-table") == 2);
      run.type("browse-filter", "invoice-*7.txt");
      run.press("browse-find");
      run.until("it is found", () -> items(run, "browse-table") >= 1);
      run.shots("browse-found");
      run.type("browse-filter", "");
      run.until("the folder is back", () -> items(run, "browse-table") == 2);
    }
  }

  @Test
  void aVolumeSnapshotBecomesAPvcAndIsDeleted() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      openShop(run);
      run.sandbox()
          .apply(
              "shop",
              "{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: {name:"
                  + " by-hand}, spec: {volumeSnapshotClassName: snap, source:"
                  + " {persistentVolumeClaimName: uploads}}}");
      run.sandbox().settle(Duration.ofSeconds(20));
      run.press("refresh");
      TreeTableView<Row> tree = tree(run);
      run.until("it stands in the tree", () -> selectSnapshot(tree, "uploads"));
      run.shots("volumesnapshot");
      run.press("details-make-pvc");
      run.type("dialog-text", "uploads-copy");
      run.until("its plan is there", () -> run.says("#dialog-plan", "uploads-copy"));
      run.press("dialog-action");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      assertTrue(run.sandbox().get("persistentvolumeclaims", "shop", "uploads-copy").isPresent());
    }
  }
}
