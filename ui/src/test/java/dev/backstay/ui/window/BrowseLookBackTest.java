package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.items;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.tab;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.RestorePoint;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.workflow.browse.FileVersion;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.scene.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Versions, comparisons and travels in time, pressed key by key.
final class BrowseLookBackTest {

  private static final String UPLOADS = "/volumes/uploads";
  private static final String ODD = UPLOADS + "/odd";

  @TempDir Path folder;

  private interface Change {
    void in(Path odd) throws IOException;
  }

  /// Two more restore points. In `odd`, the second has another end of a large file, another mode, a
  /// file less and one more; `back.txt` comes back to what it was in the first three.
  private static void withChanges(RepositorySession session, WindowRun run) {
    Path odd = run.sandbox().volume("shop", "uploads").resolve("odd");
    try (ClusterSession cluster = run.session()) {
      after(
          run,
          cluster,
          session,
          odd,
          _ -> {
            Files.createDirectories(odd.resolve("deep/er"));
            Files.writeString(odd.resolve("back.txt"), "as it was\n");
            Files.writeString(odd.resolve("mode.sh"), "echo\n");
            Files.writeString(odd.resolve("lost.txt"), "this will be lost\n");
            Files.write(odd.resolve("deep/er/large.log"), large('a'));
          });
      after(
          run,
          cluster,
          session,
          odd,
          _ -> {
            Files.writeString(odd.resolve("back.txt"), "as it was not\n");
            Files.setPosixFilePermissions(
                odd.resolve("mode.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.delete(odd.resolve("lost.txt"));
            Files.writeString(odd.resolve("came.txt"), "new\n");
            Files.write(odd.resolve("deep/er/large.log"), large('b'));
          });
      after(
          run,
          cluster,
          session,
          odd,
          _ -> Files.writeString(odd.resolve("back.txt"), "as it was\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void after(
      WindowRun run, ClusterSession cluster, RepositorySession session, Path odd, Change change)
      throws IOException {
    change.in(odd);
    run.backUp(cluster, session);
  }

  /// More than 2 MiB of lines that are all the same, but for the last one.
  private static byte[] large(char end) {
    byte[] bytes = new byte[(2 << 20) + 64];
    Arrays.fill(bytes, (byte) 'x');
    for (int i = 79; i < bytes.length; i += 80) {
      bytes[i] = '\n';
    }
    bytes[bytes.length - 2] = (byte) end;
    return bytes;
  }

  private static RestorePoint point(WindowRun run, int age) {
    return Toolkit.on(() -> run.window().desk().points().all().get(age));
  }

  @Test
  void aComparisonNeverCallsDifferentFilesEqual() throws Exception {
    try (WindowRun run = WindowRun.shop(folder, BrowseLookBackTest::withChanges)) {
      newest(run, 6);
      RestorePoint before = point(run, 2);
      RestorePoint after = point(run, 1);
      BrowsePage page = BrowsePage.open(run, after, ODD);
      with(run, page, before, "deep");
      run.until("the tree is there", () -> run.has("differences"));
      run.settle();
      run.shots("compare-deep");

      page.select("mode.sh");
      run.until("its mode is told", () -> run.says("#compare-facts", "-rwxr-xr-x"));
      assertTrue(run.says("#compare-facts", "Same content, other metadata"));
      assertTrue(run.says("#compare-facts", "≠ -rw-r--r--"));
      run.shots("compare-metadata");

      page = BrowsePage.open(run, after, ODD + "/deep/er");
      with(run, page, before, "large.log");
      run.until(
          "it differs behind what was read",
          () -> run.says("#compare-facts", "The first 2.0 MiB of both are equal"));
      run.shots("compare-beyond");
    }
  }

  /// Compares what is selected with a restore point, by way of the versions' table.
  private static void with(WindowRun run, BrowsePage page, RestorePoint other, String name) {
    page.select(name);
    tab(run, 1);
    run.until("versions are listed", () -> items(run, "versions") >= 2);
    selectVersions(run, other);
    run.press("versions-compare");
    run.settle();
  }

  private static void selectVersions(WindowRun run, RestorePoint... points) {
    Toolkit.run(() -> {
      TableView<FileVersion> table = versions(run);
      table.getSelectionModel().clearSelection();
      for (RestorePoint point : points) {
        FileVersion version =
            table.getItems().stream()
                .filter(v -> v.newest().equals(point))
                .findFirst()
                .orElseThrow(() -> new AssertionError(point + " in " + table.getItems()));
        table.getSelectionModel().select(version);
      }
    });
  }

  @SuppressWarnings("unchecked")
  private static TableView<FileVersion> versions(WindowRun run) {
    return (TableView<FileVersion>) run.node("versions");
  }

  @Test
  void requirement16AFoldersComparisonIsATreeThatOpensLineByLine() throws Exception {
    try (WindowRun run = WindowRun.shop(folder, BrowseLookBackTest::withChanges)) {
      newest(run, 6);
      BrowsePage page = BrowsePage.open(run, point(run, 1), UPLOADS);
      with(run, page, point(run, 2), "odd");
      run.until("the tree is there", () -> run.has("differences"));
      String counts = run.text("compare-note");
      assertTrue(counts.contains("1 added (4 B)"), counts);
      assertTrue(counts.contains("1 removed (18 B)"), counts);
      assertTrue(counts.contains("2 changed ("), counts);
      List<String> rows = rows(run);
      assertTrue(rows.containsAll(List.of("came.txt", "lost.txt", "mode.sh")), rows.toString());
      run.settle();
      run.shots("compare-tree");

      open(run, "lost.txt");
      run.until("what is lost is shown", () -> differs(run, "this will be lost"));
      assertEquals("lost.txt", run.text("compare-inside"));
      run.shots("compare-removed");
      BrowsePage.key(run.node("compare-back"), KeyCode.BACK_SPACE, false);
      run.until("the tree is back", () -> run.has("differences"));

      open(run, "back.txt");
      run.until("its lines are shown", () -> differs(run, "as it was not"));
      run.shots("compare-text");
      run.press("compare-open");
      run.until("it is chosen in its folder", () -> page.selected().equals("back.txt"));
    }
  }

  private static List<String> rows(WindowRun run) {
    return Toolkit.on(() -> {
      TreeTableView<?> tree = (TreeTableView<?>) run.node("differences");
      List<String> names = new ArrayList<>();
      for (int i = 0; i < tree.getExpandedItemCount(); i++) {
        names.add(name(tree.getTreeItem(i)));
      }
      return names;
    });
  }

  private static String name(TreeItem<?> item) {
    String path = item.getValue().toString();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// Goes to a line and presses Enter.
  private static void open(WindowRun run, String name) {
    TreeTableView<?> tree = (TreeTableView<?>) run.node("differences");
    int row = rows(run).indexOf(name);
    Toolkit.run(() -> tree.getSelectionModel().clearAndSelect(row));
    BrowsePage.key(tree, KeyCode.ENTER, false);
  }

  @Test
  void requirement14DuplicatesAreCollapsedAnyTwoAreCompared() throws Exception {
    try (WindowRun run = WindowRun.shop(folder, BrowseLookBackTest::withChanges)) {
      newest(run, 6);
      RestorePoint shown = point(run, 0);
      BrowsePage page = BrowsePage.open(run, shown, ODD);
      page.select("back.txt");
      tab(run, 1);
      // it comes back to what it was, and the three oldest do not have it
      run.until("each content is one version", () -> items(run, "versions") == 3);
      TableView<FileVersion> table = versions(run);
      run.until("all were looked at", () -> table.getItems().getLast().points() == 3);
      FileVersion first = table.getItems().getFirst();
      assertEquals(2, first.points());
      assertEquals(point(run, 2), first.oldest());
      assertTrue(run.disabled("versions-compare"));
      selectVersions(run, shown);
      assertTrue(run.disabled("versions-compare"), "with itself");
      selectVersions(run, point(run, 1), point(run, 3));
      assertEquals("Compare the two", run.text("versions-compare"));
      run.shots("versions-two");
      run.press("versions-compare");
      run.until("what only one has is shown", () -> differs(run, "as it was not"));
      run.shots("compare-two");
      assertEquals(shown, model(run), "the restore point that is shown stays");

      tab(run, 1);
      selectVersions(run, point(run, 1));
      BrowsePage.key(run.node("versions"), KeyCode.ENTER, false);
      run.until("it is previewed", () -> BrowsePage.previews(run, "as it was not"));
      assertEquals("back.txt", page.selected());
      run.shots("versions-preview");
    }
  }

  private static RestorePoint model(WindowRun run) {
    String id = run.text("browse-moment");
    return Toolkit.on(() ->
        run.window().desk().points().all().stream()
            .filter(p -> id.contains(p.shortId()))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void requirement13MovingThroughTimeKeepsTheChoiceWhereItIsAbsent() throws Exception {
    try (WindowRun run = WindowRun.shop(folder, BrowseLookBackTest::withChanges)) {
      newest(run, 6);
      BrowsePage page = BrowsePage.open(run, point(run, 2), ODD);
      page.select("lost.txt");
      run.until("it is shown", () -> BrowsePage.previews(run, "this will be lost"));
      BrowsePage.key(page.table(), KeyCode.PAGE_DOWN, true);
      run.until("it is not there", () -> run.says("#browse-tabs", "lost.txt is not in this"));
      assertEquals("", page.selected());
      run.shots("browse-kept-absent");
      tab(run, 1);
      run.until("its versions are told all the same", () -> items(run, "versions") == 2);
      tab(run, 2);
      run.until("what it was is compared", () -> differs(run, "this will be lost"));
      tab(run, 0);
      BrowsePage.key(page.table(), KeyCode.PAGE_UP, true);
      run.until("it is chosen again", () -> page.selected().equals("lost.txt"));
      page.select("mode.sh");
      run.press("browse-newer");
      run.until("another choice stays too", () -> page.selected().equals("mode.sh"));
    }
  }

  @Test
  void whatWasFoundIsLookedForAgainAtAnotherMoment() throws Exception {
    try (WindowRun run = WindowRun.shop(folder, BrowseLookBackTest::withChanges)) {
      newest(run, 6);
      BrowsePage page = BrowsePage.open(run, point(run, 2), "/volumes");
      run.type("browse-filter", "lost");
      run.press("browse-find");
      run.until("it is found", () -> page.names().equals(List.of("lost.txt")));
      run.press("browse-newer");
      run.until("it is not there", () -> run.says("#content", "Nothing is called lost"));
      run.press("browse-older");
      run.until("it is found again", () -> page.names().equals(List.of("lost.txt")));

      run.type("browse-filter", "");
      run.press("browse-limit");
      run.type("browse-limit-larger", "2 MiB");
      run.press("browse-find");
      run.until("only what is large is found", () -> page.names().equals(List.of("large.log")));
      run.settle();
      run.shots("browse-limits");
      run.type("browse-limit-larger", "much");
      run.settle();
      run.shots("browse-limits-wrong");
      assertTrue(run.disabled("browse-find"), "no limit is no search");
      run.type("browse-limit-larger", "");
      run.type("browse-limit-newer", "1h");
      run.type("browse-limit-smaller", "10");
      run.type("browse-filter", "*.sh");
      run.press("browse-find");
      run.until("what is new and small is found", () -> page.names().equals(List.of("mode.sh")));
      run.type("browse-limit-older", "2020-01-01");
      run.press("browse-find");
      run.until("nothing is so old", () -> run.says("#content", "Nothing is called *.sh"));
    }
  }

  @Test
  void aTimeThatIsTypedIsGoneTo() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint newest = newest(run, 3);
      RestorePoint oldest = point(run, 2);
      BrowsePage.open(run, newest, UPLOADS);
      type(run, oldest.time().plusMillis(1).toString());
      run.until("it is gone to", () -> model(run).equals(oldest));
      type(run, "0m");
      run.until("the newest is gone to", () -> model(run).equals(newest));
      type(run, "2020-01-01");
      assertEquals("No restore point is so old", run.text("browse-time-problem"));
      run.shots("browse-time-none");
      type(run, "soon");
      assertTrue(run.text("browse-time-problem").startsWith("Not a time"));
      assertEquals(newest, model(run));
    }
  }

  /// One: the PVC. Two: the time. It is there.
  @Test
  void requirement13AnyPvcAtATimeInTwoInteractions() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      newest(run, 3);
      RestorePoint then = point(run, 1);
      Toolkit.run(() -> run.window().open("sandbox", "shop"));
      run.until("the namespace is shown", () -> run.shows("namespace-summary", "protected"));
      type(run, "namespace-time", "2020-01-01");
      assertEquals("No restore point is so old", run.text("namespace-time-problem"));
      run.shots("namespace-time");
      Steps.select(Steps.tree(run), "uploads");
      type(run, "namespace-time", then.time().plusMillis(1).toString());
      run.until("it is open", () -> run.has("browse-table"));
      assertEquals(then, model(run));
      run.until("its files are listed", () -> run.says("#browse-table", "documents"));
    }
  }

  private static void type(WindowRun run, String time) {
    type(run, "browse-time", time);
  }

  private static void type(WindowRun run, String id, String time) {
    run.type(id, time);
    Node field = run.node(id);
    Toolkit.run(() -> ((TextField) field).getOnAction().handle(null));
    run.settle();
  }

  /// All lie on a few pixels beside a point of long ago: clicks and keys reach each of them.
  @Test
  void manyPointsOnOnePixelAreReached() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint newest = newest(run, 3);
      BrowsePage page = BrowsePage.open(run, newest, UPLOADS);
      Node lane = run.node("browse-lane");
      BrowsePage.key(lane, KeyCode.LEFT, false);
      run.until("the one before is shown", () -> model(run).equals(point(run, 1)));
      BrowsePage.key(lane, KeyCode.HOME, false);
      run.until("the oldest is shown", () -> model(run).equals(point(run, 2)));
      assertTrue(run.disabled("browse-zoom-out"));
      int together = marks(run);
      for (int i = 0; i < 12; i++) {
        BrowsePage.key(lane, KeyCode.PLUS, false);
      }
      run.shots("browse-axis-close");
      assertTrue(marks(run) >= 1 && together >= 1);
      BrowsePage.key(lane, KeyCode.END, false);
      run.until("the newest is in view", () -> model(run).equals(newest) && marks(run) >= 1);
      BrowsePage.key(lane, KeyCode.DIGIT0, false);
      assertEquals(together, marks(run));
      page.awaitListed();
    }
  }

  private static int marks(WindowRun run) {
    return Toolkit.on(() -> {
      Node lane = run.node("browse-lane");
      return (int)
          lane.lookupAll(".axis-mark-point").stream().filter(Shape.class::isInstance).count();
    });
  }

  @Test
  void requirement16NoiseIsShownOnDemandAndComparisonsAreSaved() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint newest = newest(run, 3);
      BrowsePage page = BrowsePage.open(run, newest, "/manifests/core/configmaps");
      page.select(DemoShop.A_CONFIG_MAP + ".yaml");
      tab(run, 2);
      run.until("it is as in the cluster", () -> run.says("#browse-tabs", "Equal"));
      run.shots("compare-live-equal");
      run.sandbox()
          .apply(
              "shop",
              "{apiVersion: v1, kind: ConfigMap, metadata: {name: shop-settings}, data: {CURRENCY:"
                  + " CHF}}");
      run.press("compare-noise");
      run.until("what the server keeps is shown", () -> differs(run, "resourceVersion"));
      run.shots("compare-noise");
      run.press("compare-noise");
      run.until(
          "only what counts is shown",
          () -> differs(run, "CHF") && !differs(run, "resourceVersion"));
      run.shots("compare-live");

      Path live = folder.resolve("live.json");
      run.press("compare-json");
      run.type("dialog-text", live.toString());
      run.press("dialog-action");
      run.until("it is saved", () -> run.says("#dialog", "Saved as"));
      run.press("dialog-action");
      assertTrue(Files.readString(live).contains("→ sandbox"), Files.readString(live));
    }
  }

  @Test
  void valuesOfSecretsAreRevealedOnDemandOnly() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      BrowsePage page = BrowsePage.open(run, newest(run, 3), "/manifests/core/secrets");
      page.select("payment-key.yaml");
      run.until("it is masked", () -> BrowsePage.previews(run, "••"));
      assertFalse(BrowsePage.previews(run, "ZGVtby1vbmx5LTA4MTU="));
      run.press("preview-reveal");
      run.until("it is shown", () -> BrowsePage.previews(run, "ZGVtby1vbmx5LTA4MTU="));
      assertFalse(run.has("preview-reveal"));
      run.shots("preview-revealed");
      page.select(
          page.names().getFirst().equals("payment-key.yaml")
              ? page.names().get(1)
              : page.names().getFirst());
      run.settle();
      page.select("payment-key.yaml");
      run.until("it is masked again", () -> run.has("preview-reveal"));
      assertFalse(BrowsePage.previews(run, "ZGVtby1vbmx5LTA4MTU="));
    }
  }

  /// Whether a line of the comparison has that in it, in view or not.
  private static boolean differs(WindowRun run, String part) {
    return Toolkit.on(() ->
        run.stage().getScene().getRoot().lookup("#diff") instanceof ListView<?> lines
            && lines.getItems().stream().anyMatch(line -> line.toString().contains(part)));
  }
}
