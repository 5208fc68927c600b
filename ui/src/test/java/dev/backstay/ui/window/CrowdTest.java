package dev.backstay.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.RestorePoint;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.ui.palette.Finder;
import dev.backstay.ui.palette.Finding;
import dev.backstay.ui.palette.Findings;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.point.PointFilter;
import dev.backstay.workflow.repository.RepositorySession;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeTableView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Five thousand PVCs, ten thousand restore points, a hundred thousand files in one folder: all of
/// it is shown, and figures of how long it takes go to `target/figures.txt`.
final class CrowdTest {

  private static final int PVCS = 5_000;
  private static final int POINTS = 10_000;
  private static final int FILES = 100_000;

  @TempDir Path folder;

  @Test
  void requirement4FiveThousandPvcsInOneNamespace() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      StringBuilder yaml = new StringBuilder();
      for (int i = 0; i < PVCS; i++) {
        yaml.append(
            String.format(
                Locale.ROOT,
                "---%n{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data-%05d},"
                    + " spec: {accessModes: [ReadWriteOnce], storageClassName: none,"
                    + " resources: {requests: {storage: 1Gi}}}}%n",
                i));
      }
      run.sandbox().apply("shop", yaml.toString());
      run.until("points are known", () -> run.window().desk().points().all().size() == 3);
      FxProbe probe = FxProbe.start();
      long begin = System.nanoTime();
      Toolkit.run(() -> run.window().open("sandbox", "shop"));
      run.until("all are there", () -> rows(run) == PVCS + 3);
      Figures.add("5,000 PVCs, opened until shown", ms(begin));
      Toolkit.run(() -> run.window().desk().navigator().go(new Place.Overview()));
      run.settle();
      Toolkit.run(() -> run.window().desk().navigator().back());
      run.until("all are there again", () -> rows(run) == PVCS + 3);
      Figures.add("5,000 PVCs, longest block of the FX thread", probe.result());
      TreeTableView<?> tree = (TreeTableView<?>) run.node("namespace-tree");
      AtomicInteger at = new AtomicInteger();
      Figures.add(
          "5,000 PVCs, frames while scrolling",
          FxProbe.frames(200, () -> tree.scrollTo(at.addAndGet(20))));
      run.shots("crowd-pvcs");
    }
  }

  private static int rows(WindowRun run) {
    return run.stage().getScene().getRoot().lookup("#namespace-tree")
            instanceof TreeTableView<?> tree
        ? tree.getExpandedItemCount()
        : 0;
  }

  @Test
  void requirement9TenThousandRestorePoints() throws Exception {
    try (WindowRun run = WindowRun.shop(folder, CrowdTest::manyPoints)) {
      run.until("points are known", () -> run.window().desk().points().all().size() == POINTS + 3);
      FxProbe probe = FxProbe.start();
      go(run, new Place.Points());
      TableView<?> table = (TableView<?>) run.node("points-table");
      assertEquals(POINTS + 3, Toolkit.on(() -> table.getItems().size()));
      AtomicInteger at = new AtomicInteger();
      Figures.add(
          "10,000 restore points, frames while scrolling",
          FxProbe.frames(300, () -> table.scrollTo(at.addAndGet(30))));
      run.shots("crowd-points");
      Toolkit.run(() -> run.window().open("sandbox", "shop"));
      run.until("the namespace is shown", () -> run.shows("namespace-summary", "protected"));
      run.shots("crowd-axis");
      RestorePoint point = run.window().desk().points().all().getFirst();
      go(run, new Place.Browse(point, "/volumes/uploads"));
      run.until("files are listed", () -> run.has("browse-table"));
      run.shots("crowd-browse-axis");
      Figures.add("10,000 restore points, longest block of the FX thread", probe.result());
      palette(run);
    }
  }

  private static void palette(WindowRun run) {
    List<Finding> found = List.of();
    long begin = System.nanoTime();
    List<Finding> all = Toolkit.on(() -> Findings.of(run.window().desk(), List.of()));
    Figures.add("palette, collecting " + all.size(), ms(begin));
    Finder finder = new Finder(all);
    long typed = System.nanoTime();
    for (String text : List.of("s", "sh", "shop", "shop 2", "uploads", "nothing like it")) {
      found = finder.find(text);
    }
    Figures.add("palette, six searches", ms(typed));
    assertTrue(found.isEmpty());
    long open = System.nanoTime();
    run.press("find-anything");
    run.type("palette-field", "uploads");
    ListView<?> list = (ListView<?>) run.node("palette-list");
    run.until("something is found", () -> !list.getItems().isEmpty());
    Figures.add("palette, opened and searched", ms(open));
  }

  private static void manyPoints(RepositorySession session, WindowRun run) {
    OpenRepository repository = session.repository();
    long begin = System.nanoTime();
    Crowd.points(repository, repository.snapshots().getFirst(), POINTS);
    Figures.add("10,000 restore points made", ms(begin));
    long read = System.nanoTime();
    var _ = run.engine.restorePoints(session).list(PointFilter.ALL);
    Figures.add("10,000 restore points read into the catalog", ms(read));
  }

  @Test
  void requirement17AHundredThousandFilesInOneFolder() throws Exception {
    AtomicReference<Snapshot> made = new AtomicReference<>();
    try (WindowRun run =
        WindowRun.shop(
            folder,
            (session, r) -> {
              OpenRepository repository = session.repository();
              made.set(
                  Crowd.folder(
                      repository, repository.snapshots().getLast(), "uploads", "many", FILES));
              var _ = r.engine.restorePoints(session).list(PointFilter.ALL);
            })) {
      run.until("points are known", () -> run.window().desk().points().all().size() == 4);
      RestorePoint point = run.window().desk().points().all().getFirst();
      assertEquals(made.get().id(), point.id());
      FxProbe probe = FxProbe.start();
      long begin = System.nanoTime();
      go(run, new Place.Browse(point, "/volumes/uploads/many"));
      run.until("files are listed", () -> files(run) == FILES);
      Figures.add("100,000 files in a folder, opened until shown", ms(begin));
      Figures.add("100,000 files in a folder, longest block of the FX thread", probe.result());
      TableView<?> table = (TableView<?>) run.node("browse-table");
      AtomicInteger at = new AtomicInteger();
      Figures.add(
          "100,000 files in a folder, frames while scrolling",
          FxProbe.frames(300, () -> table.scrollTo(at.addAndGet(300))));
      FxProbe filtering = FxProbe.start();
      run.type("browse-filter", "file-09999");
      run.until("they are filtered", () -> files(run) == 10);
      Figures.add("100,000 files in a folder, longest block while filtering", filtering.result());
      run.shots("crowd-folder");
      Figures.add("heap in use after 100,000 files", heap());
    }
  }

  private static int files(WindowRun run) {
    return run.stage().getScene().getRoot().lookup("#browse-table") instanceof TableView<?> table
        ? table.getItems().size()
        : 0;
  }

  private static void go(WindowRun run, Place place) {
    Toolkit.run(() -> run.window().desk().navigator().go(place));
  }

  private static String ms(long since) {
    return (System.nanoTime() - since) / 1_000_000 + " ms";
  }

  private static String heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return ((runtime.totalMemory() - runtime.freeMemory()) >> 20) + " MiB";
  }
}
