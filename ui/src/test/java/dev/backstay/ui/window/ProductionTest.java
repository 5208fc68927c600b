package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.ended;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.select;
import static dev.backstay.ui.window.Steps.selectSnapshot;
import static dev.backstay.ui.window.Steps.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Outcome;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.settings.Remembered;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.lock.ContextMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contexts that are marked production, in the window: what leaves it, what it looks like, and when
/// it locks itself.
final class ProductionTest {

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

  private static void mark(WindowRun run, String context, String colour) {
    run.surroundings.marks.add(new ContextMark(context, true, colour, false));
  }

  private static void refused(WindowRun run, String action) {
    run.until("it is refused", () -> run.has("notice-unlock"));
    assertTrue(run.disabled(action), action);
  }

  private static void close(WindowRun run) {
    run.press("dialog-cancel");
    assertFalse(run.has("dialog"));
  }

  /// Restore, VolumeSnapshots taken and deleted, clean-up: each says that it may not, and nothing
  /// but reading has left.
  @Test
  void whileItIsLockedOnlyReadingLeavesTheWindow() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      openShop(run);
      select(tree(run), "uploads");
      run.press("details-take");
      run.type("snapshot-name", "by-hand");
      run.until("its plan is there", () -> run.says("#dialog-plan", "by-hand"));
      run.press("dialog-action");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      openShop(run);
      mark(run, "sandbox", "purple");
      run.until("the badge says it", () -> run.shows("production-badge", "read-only"));
      run.sandbox().requests().record();

      select(tree(run), "uploads");
      run.press("details-take");
      refused(run, "dialog-action");
      Region dialog = (Region) run.node("dialog");
      assertEquals(
          Color.PURPLE,
          Toolkit.on(() -> dialog.getBorder().getStrokes().getFirst().getTopStroke()),
          "the colour of the context");
      run.shots("production-take");
      close(run);
      run.until("it stands in the tree", () -> selectSnapshot(tree(run), "uploads"));
      run.press("details-delete-volumesnapshot");
      refused(run, "dialog-action");
      close(run);
      go(run, new Place.Restore(point, List.of()));
      run.press("restore-next");
      run.press("restore-next");
      refused(run, "restore-start");
      run.shots("production-restore");
      go(run, new Place.Jobs(null));
      run.press("clean-up");
      refused(run, "dialog-action");
      run.shots("production-clean-up");
      for (String request : run.sandbox().requests().seen()) {
        assertTrue(READING.stream().anyMatch(p -> p.matcher(request).matches()), request);
      }

      run.press("notice-unlock");
      run.type("dialog-text", "sandbox");
      run.press("dialog-action");
      run.until("the clean-up is planned anew", () -> run.says("#dialog .ok-notice", "Nothing"));
      close(run);
    }
  }

  @Test
  void anUnlockLapsesInTheWindow() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      openShop(run);
      mark(run, "sandbox", "");
      run.until("the badge says it", () -> run.shows("production-badge", "read-only"));
      run.press("back-up");
      refused(run, "backup-start");
      run.press("notice-unlock");
      run.type("dialog-text", "sandbox");
      run.press("dialog-action");
      run.until("it is unlocked", () -> run.shows("production-badge", "unlocked"));
      run.until("the plan is made anew", () -> run.ready("backup-start"));
      run.pass(Duration.ofMinutes(14));
      run.settle();
      assertFalse(run.disabled("backup-start"), "not yet");
      run.pass(Duration.ofMinutes(2));
      run.until("it has lapsed", () -> run.shows("production-badge", "read-only"));
      refused(run, "backup-start");
    }
  }

  /// A restore from development into production wears production's colour, and so does its job.
  @Test
  void theColourIsThatOfTheTarget() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      run.writesKubeconfig();
      Files.writeString(
          run.kubeconfig(),
          Files.readString(run.kubeconfig())
              .replace(
                  "current-context:",
                  "- name: prod\n  context: {cluster: sandbox, user: sandbox}\ncurrent-context:"));
      run.until("both are listed", () -> run.window().desk().clusters().all().size() == 2);
      mark(run, "prod", "royalblue");
      openShop(run);
      assertFalse(run.has("production-badge"));
      go(run, new Place.Restore(point, List.of()));
      run.press("restore-next");
      assertFalse(run.has("production-badge"), "it would go to where it came from");
      OpenCluster prod =
          Toolkit.on(() -> run.window().desk().clusters().named("prod").orElseThrow());
      @SuppressWarnings("unchecked")
      ComboBox<OpenCluster> target = (ComboBox<OpenCluster>) run.node("restore-context");
      Toolkit.run(() -> target.setValue(prod));
      run.until("the badge is there", () -> run.shows("production-badge", "read-only"));
      run.shots("production-target");
      run.press("restore-next");
      refused(run, "restore-start");
      run.press("production-badge");
      run.type("dialog-text", "prod");
      run.press("dialog-action");
      run.until("it is unlocked", () -> run.shows("production-badge", "unlocked"));
      run.press("restore-start");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      run.until("its job names it", () -> run.shows("job-context", "Production · prod"));
      run.until("so does the badge", () -> run.has("production-badge"));
      run.shots("production-job");
    }
  }

  /// Two files both define `default`; its name is typed for one of them.
  @Test
  void unlockingOneDoesNotUnlockItsNamesake() throws Exception {
    try (WindowRun bare = WindowRun.bare(folder.resolve("one"))) {
      List<String> files = new ArrayList<>();
      for (String name : List.of("a", "b")) {
        Path dir = Files.createDirectories(folder.resolve(name));
        String text =
            Files.readString(bare.kubeconfig())
                .replaceAll("name: sandbox\n  context", "name: default\n  context");
        files.add(Files.writeString(dir.resolve("config"), text).toString());
      }
      Path empty = Files.writeString(folder.resolve("empty"), "");
      Path state = Files.createDirectories(folder.resolve("w").resolve("state"));
      Remembered kept = Remembered.in(state);
      kept.put("kubeconfigs", files);
      kept.flush();
      run(bare, empty);
    }
  }

  private void run(WindowRun bare, Path empty) throws Exception {
    try (WindowRun run = WindowRun.on(bare.sandbox(), folder.resolve("w"), empty, Map.of())) {
      mark(run, "default", "");
      run.until("both are listed", () -> run.window().desk().clusters().all().size() == 2);
      OpenCluster one = cluster(run);
      OpenCluster two = Toolkit.on(() -> run.window().desk().clusters().all().getLast());
      go(run, new Place.Namespace(one, "shop"));
      run.until("it is locked", () -> run.shows("production-badge", "read-only"));
      run.press("production-badge");
      run.type("dialog-text", "default");
      run.press("dialog-action");
      run.until("it is unlocked", () -> run.shows("production-badge", "unlocked"));
      go(run, new Place.Namespace(two, "shop"));
      run.until("the other is not", () -> run.shows("production-badge", "read-only"));
      run.shots("production-namesakes");
    }
  }
}
