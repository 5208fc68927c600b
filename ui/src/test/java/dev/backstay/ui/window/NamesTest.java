package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.select;
import static dev.backstay.ui.window.Steps.tree;
import static dev.backstay.ui.window.Steps.upkeep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import atlantafx.base.controls.ModalPane;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.shell.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeTableView;
import javafx.scene.control.TreeView;
import org.controlsfx.control.NotificationPane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every control that can be used has a name that a screen reader can say: in pages that take some
/// steps to get to, and in dialogs.
final class NamesTest {

  private static final Set<Class<?>> AROUND =
      Set.of(
          ModalPane.class,
          NotificationPane.class,
          ScrollPane.class,
          SplitPane.class,
          TabPane.class);

  @TempDir Path folder;

  private static boolean used(Node node) {
    return node instanceof ButtonBase
        || node instanceof TextInputControl
        || node instanceof ComboBoxBase
        || node instanceof TableView
        || node instanceof TreeTableView
        || node instanceof TreeView
        || node instanceof ListView
        || node instanceof Slider;
  }

  /// Inside another control, such as a scroll bar's arrow.
  private static boolean part(Node node) {
    for (Node at = node.getParent(); at != null; at = at.getParent()) {
      if (at instanceof Control && !around(at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean around(Node node) {
    return AROUND.stream().anyMatch(type -> type.isInstance(node));
  }

  private static boolean named(Node node) {
    String own = node.getAccessibleText();
    boolean text = node instanceof Labeled l && l.getText() != null && !l.getText().isBlank();
    boolean prompt = node instanceof TextInputControl input && !input.getPromptText().isEmpty();
    boolean labelled =
        node.getScene().getRoot().lookupAll(".label").stream()
            .anyMatch(label -> label instanceof Label l && node.equals(l.getLabelFor()));
    return (own != null && !own.isBlank()) || text || prompt || labelled;
  }

  private static void named(WindowRun run, String where) {
    run.settle();
    List<String> unnamed =
        Toolkit.on(() ->
            run.stage().getScene().getRoot().lookupAll("*").stream()
                .filter(node -> used(node) && WindowRun.visible(node) && !part(node))
                .filter(node -> !named(node))
                .map(node -> node + " in " + node.getParent())
                .toList());
    assertEquals(List.of(), unnamed, where);
  }

  @Test
  void inPagesAndDialogs() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      Toolkit.run(() -> run.window().open("sandbox", "shop"));
      run.until("the namespace is shown", () -> run.shows("namespace-summary", "2 PVCs"));
      named(run, "namespace");
      select(tree(run), "uploads");
      run.press("details-take");
      run.until("the plan is there", () -> run.has("dialog-plan"));
      named(run, "take a VolumeSnapshot");
      run.press("dialog-cancel");
      Toolkit.run(() -> run.window().mark(cluster(run)));
      named(run, "mark");
      run.press("dialog-cancel");
      run.press("show-keys");
      named(run, "keys");
      run.press("dialog-action");
      run.press("find-anything");
      named(run, "palette");
      Toolkit.run(() -> run.window().dialogs().hide());
      go(run, new Place.Restore(point, List.of()));
      named(run, "restore: what");
      run.press("restore-next");
      named(run, "restore: where");
      go(run, new Place.Jobs(null));
      named(run, "jobs");
      run.press("clean-up");
      named(run, "clean-up");
      run.press("dialog-cancel");
      go(run, new Place.Repositories());
      run.press("add-repository");
      named(run, "wizard");
      run.press("dialog-cancel");
      for (String part : List.of("statistics", "keys", "locks", "repair")) {
        upkeep(run, "upkeep-" + part);
        run.until("it is asked", () -> run.ready("dialog-action"));
        named(run, part);
        Toolkit.run(() -> run.window().dialogs().hide());
      }
      go(run, new Place.Settings());
      named(run, "settings");
    }
  }
}
