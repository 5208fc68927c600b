package dev.backstay.ui.window;

import dev.backstay.model.Outcome;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.namespace.Row;
import dev.backstay.ui.shell.Place;
import java.util.List;
import javafx.scene.control.CheckBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableView;

/// What tests of several jobs do with a window.
final class Steps {

  private Steps() {}

  static OpenCluster cluster(WindowRun run) {
    return Toolkit.on(() -> run.window().desk().clusters().all().getFirst());
  }

  static void go(WindowRun run, Place place) {
    Toolkit.run(() -> run.window().desk().navigator().go(place));
    run.settle();
  }

  /// How the job ended that was the last to end, after any that this was asked about before.
  static Outcome ended(WindowRun run) {
    return run.nextEnd().outcome();
  }

  /// The newest restore point, once there are as many.
  static RestorePoint newest(WindowRun run, int points) {
    run.until("points are known", () -> run.window().desk().points().all().size() >= points);
    return Toolkit.on(() -> run.window().desk().points().all().getFirst());
  }

  static TreeTableView<Row> tree(WindowRun run) {
    @SuppressWarnings("unchecked")
    TreeTableView<Row> tree = (TreeTableView<Row>) run.node("namespace-tree");
    return tree;
  }

  static List<String> names(TreeTableView<Row> tree) {
    return Toolkit.on(
        () -> tree.getRoot().getChildren().stream().map(item -> item.getValue().name()).toList());
  }

  static void select(TreeTableView<Row> tree, String name) {
    Toolkit.run(() -> {
      TreeItem<Row> item =
          tree.getRoot().getChildren().stream()
              .filter(i -> i.getValue().name().equals(name))
              .findFirst()
              .orElseThrow();
      tree.getSelectionModel().clearSelection();
      tree.getSelectionModel().select(item);
    });
  }

  static void choose(WindowRun run, String id) {
    RadioButton button = (RadioButton) run.node(id);
    Toolkit.run(() -> button.setSelected(true));
  }

  static void tick(WindowRun run, String id, boolean ticked) {
    CheckBox box = (CheckBox) run.node(id);
    Toolkit.run(() -> box.setSelected(ticked));
  }

  /// One of what is done to a repository now and then, on the page of repositories.
  static void upkeep(WindowRun run, String item) {
    MenuButton menu = (MenuButton) run.node("repository-upkeep");
    Toolkit.run(() ->
        menu.getItems().stream()
            .filter(i -> item.equals(i.getId()))
            .findFirst()
            .orElseThrow()
            .fire());
  }

  static void tab(WindowRun run, int index) {
    TabPane tabs = (TabPane) run.node("browse-tabs");
    Toolkit.run(() -> tabs.getSelectionModel().select(index));
    run.settle();
  }

  /// Rows of a table, 0 without it; never waits.
  static int items(WindowRun run, String id) {
    return run.stage().getScene().getRoot().lookup("#" + id) instanceof TableView<?> table
        ? table.getItems().size()
        : 0;
  }

  /// An expanded VolumeSnapshot's row below its PVC.
  static boolean selectSnapshot(TreeTableView<Row> tree, String pvc) {
    return Toolkit.on(() -> {
      for (TreeItem<Row> item : tree.getRoot().getChildren()) {
        if (item.getValue().name().equals(pvc)) {
          item.setExpanded(true);
          for (TreeItem<Row> below : item.getChildren()) {
            if (below.getValue() instanceof Row.Snapshot) {
              tree.getSelectionModel().clearSelection();
              tree.getSelectionModel().select(below);
              return true;
            }
          }
        }
      }
      return false;
    });
  }
}
