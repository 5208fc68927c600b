package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.items;
import static dev.backstay.ui.window.Steps.newest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.shell.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The window by keyboard and mouse: what is pressed here is pressed, not called.
final class KeyboardTest {

  @TempDir Path folder;

  private static Place place(WindowRun run) {
    return Toolkit.on(() -> run.window().desk().navigator().place());
  }

  @Test
  void theKeysOfTheWindow() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      var _ = newest(run, 3);
      Hands hands = new Hands(run);
      hands.type("?");
      run.until("the keys are shown", () -> run.says("#dialog", "Ctrl+K"));
      run.shots("keys");
      hands.press(KeyCode.ESCAPE);
      assertFalse(run.has("dialog"));
      List<Class<?>> pages =
          List.of(
              Place.Overview.class,
              Place.Points.class,
              Place.Jobs.class,
              Place.Repositories.class,
              Place.Settings.class,
              Place.About.class);
      for (int i = pages.size() - 1; i >= 0; i--) {
        hands.press(KeyCode.CONTROL, KeyCode.valueOf("DIGIT" + (i + 1)));
        assertInstanceOf(pages.get(i), place(run));
      }
      hands.press(KeyCode.CONTROL, KeyCode.K);
      run.until("the palette is there", () -> run.has("palette-field"));
      hands.type("restore points");
      hands.press(KeyCode.ENTER);
      assertInstanceOf(Place.Points.class, place(run));
      hands.type("/");
      assertEquals("points-filter", hands.focus());
      hands.type("?");
      assertEquals("?", run.text("points-filter"), "a key of the window is text in a field");
      hands.press(KeyCode.ALT, KeyCode.LEFT);
      assertInstanceOf(Place.Overview.class, place(run));
      hands.press(KeyCode.ALT, KeyCode.RIGHT);
      assertInstanceOf(Place.Points.class, place(run));
    }
  }

  @Test
  void aNamespaceWithoutAMouse() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      var _ = newest(run, 3);
      Hands hands = new Hands(run);
      OpenCluster cluster = cluster(run);
      Node tree = run.node("clusters");
      Toolkit.run(tree::requestFocus);
      hands.press(KeyCode.HOME);
      hands.press(KeyCode.DOWN);
      assertEquals(OpenCluster.Standing.CLOSED, cluster.standing(), "going there opens nothing");
      hands.press(KeyCode.ENTER);
      run.until("it is open", () -> cluster.standing() == OpenCluster.Standing.OPEN);
      run.until("its namespaces are there", () -> !cluster.namespaces().isEmpty());
      hands.press(KeyCode.END);
      assertInstanceOf(Place.Namespace.class, place(run));
      go(run, new Place.Namespace(cluster, "shop"));
      run.until("the namespace is shown", () -> run.shows("namespace-summary", "2 PVCs"));
      run.sandbox().requests().record();
      hands.press(KeyCode.F5);
      run.until("it is asked for again", () -> !run.sandbox().requests().seen().isEmpty());
      hands.press(KeyCode.CONTROL, KeyCode.B);
      assertInstanceOf(Place.BackUp.class, place(run));
    }
  }

  @Test
  void aRestorePointWithoutAMouse() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      Hands hands = new Hands(run);
      go(run, new Place.Browse(point, "/volumes"));
      run.until("folders are listed", () -> items(run, "browse-table") == 2);
      Node table = run.node("browse-table");
      Toolkit.run(table::requestFocus);
      hands.press(KeyCode.HOME);
      hands.press(KeyCode.SPACE);
      run.until("it is chosen", () -> run.shows("browse-selection", "chosen"));
      hands.press(KeyCode.ALT, KeyCode.PAGE_UP);
      run.until("an older one is shown", () -> !run.shows("browse-moment", point.shortId()));
      hands.press(KeyCode.ALT, KeyCode.PAGE_DOWN);
      run.until("the newer one is back", () -> run.shows("browse-moment", point.shortId()));
    }
  }

  /// Title bar, sidebar, page: top to bottom, left to right, and each once.
  @Test
  void tabGoesFromTopToBottom() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      Hands hands = new Hands(run);
      go(run, new Place.Points());
      Node first = run.node("find-anything");
      Toolkit.run(first::requestFocus);
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < 30 && !seen.contains(hands.focus()); i++) {
        seen.add(hands.focus());
        hands.press(KeyCode.TAB);
      }
      List<String> order =
          List.of(
              "find-anything",
              "repository-button",
              "show-keys",
              "nav-overview",
              "nav-about",
              "add-namespace",
              "context-filter",
              "clusters",
              "points-filter",
              "points-table");
      assertEquals(order, seen.stream().filter(order::contains).toList(), seen.toString());
    }
  }

  @Test
  void byMouse() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      var _ = newest(run, 3);
      Hands hands = new Hands(run);
      hands.click("nav-points");
      assertInstanceOf(Place.Points.class, place(run));
      run.until("they are listed", () -> items(run, "points-table") == 3);
      Node row = run.all("#points-table .table-row-cell").stream().findFirst().orElseThrow();
      hands.doubleClick(row);
      assertInstanceOf(Place.Browse.class, place(run));
      hands.click("find-anything");
      assertTrue(run.has("palette-field"));
      hands.press(KeyCode.ESCAPE);
      assertFalse(run.has("palette-field"));
      hands.click("nav-settings");
      hands.click("theme-dark");
      assertTrue(Toolkit.on(() -> run.window().theme().dark()));
    }
  }

  /// What the frame's buttons do is in the palette too.
  @Test
  void thePaletteHasTheFramesActions() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      go(run, new Place.Points());
      OpenCluster cluster = cluster(run);
      Toolkit.run(() -> run.window().desk().clusters().open(cluster));
      run.until("it is open", () -> cluster.standing() == OpenCluster.Standing.OPEN);
      List<String> found =
          Toolkit.on(() -> run.window().findings().stream().map(f -> f.text()).toList());
      for (String action :
          List.of("Back", "Keys", "Add a namespace by its name", "Close this context")) {
        assertTrue(found.contains(action), action + " is not in " + found);
      }
    }
  }
}
