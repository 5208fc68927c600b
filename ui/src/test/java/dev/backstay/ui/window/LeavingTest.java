package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.newest;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstay.model.RestorePoint;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.ui.Surroundings;
import dev.backstay.ui.shell.Place;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left is let go: a window that is open for a week must not hold every page it showed.
final class LeavingTest {

  @TempDir Path folder;

  /// The demo's guide is on the overview.
  private record Guided(Path lost) implements Surroundings.DemoCluster {
    @Override
    public String context() {
      return "sandbox";
    }

    @Override
    public String namespace() {
      return DemoShop.NAMESPACE;
    }

    @Override
    public String pvc() {
      return "uploads";
    }

    @Override
    public String file() {
      return DemoShop.A_FILE;
    }

    @Override
    public void loseFile() {
      throw new AssertionError("nobody asked for that");
    }

    @Override
    public boolean hasFile() {
      return Files.exists(lost);
    }
  }

  private static WeakReference<Node> page(WindowRun run) {
    Pane content = (Pane) run.node("content");
    return new WeakReference<>(Toolkit.on(() -> content.getChildren().getFirst()));
  }

  @Test
  void pagesThatWereLeftAreLetGo() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      run.surroundings.demo = new Guided(run.sandbox().volume("shop", "uploads"));
      RestorePoint point = newest(run, 3);
      Toolkit.run(() -> run.window().open("sandbox", "shop"));
      run.until("the namespace is there", () -> run.has("namespace-tree"));
      List<Place> places =
          List.of(
              new Place.Overview(),
              new Place.Namespace(cluster(run), "shop"),
              new Place.Volumes(cluster(run)),
              new Place.Classes(cluster(run)),
              new Place.Points(),
              new Place.Browse(point, "/volumes/uploads/" + DemoShop.A_FILE),
              new Place.BackUp(cluster(run), "shop", List.of()),
              new Place.Restore(point, List.of()),
              new Place.Jobs(null),
              new Place.Repositories(),
              new Place.Snapshots(
                  Objects.requireNonNull(run.window().desk().repositories().chosen())),
              new Place.Settings());
      List<WeakReference<Node>> left = new ArrayList<>();
      for (Place place : places) {
        go(run, place);
        left.add(page(run));
      }
      go(run, new Place.About());
      for (int i = 0; i < 40 && left.stream().anyMatch(page -> page.get() != null); i++) {
        System.gc();
        run.settle(); // what is drawn is let go with the next frames
      }
      List<String> held = new ArrayList<>();
      for (int i = 0; i < places.size(); i++) {
        if (left.get(i).get() != null) {
          held.add(places.get(i).getClass().getSimpleName());
        }
      }
      assertEquals(List.of(), held, "pages that are still held");
    }
  }
}
