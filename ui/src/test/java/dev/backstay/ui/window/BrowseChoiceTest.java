package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.choose;
import static dev.backstay.ui.window.Steps.ended;
import static dev.backstay.ui.window.Steps.newest;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Outcome;
import dev.backstay.model.RestorePoint;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is ticked in a restore point is what is restored and saved: no more, no less, and nothing
/// ticked is nothing.
final class BrowseChoiceTest {

  private static final String UPLOADS = "/volumes/uploads";

  @TempDir Path folder;

  /// A fourth restore point that holds what the others don't.
  private static void withLateFiles(RepositorySession session, WindowRun run) {
    Path uploads = run.sandbox().volume("shop", "uploads");
    try (ClusterSession cluster = run.session()) {
      Files.createDirectories(uploads.resolve("empty"));
      Files.createDirectories(uploads.resolve("late"));
      Files.writeString(uploads.resolve("late/only-here.txt"), "late");
      Files.writeString(uploads.resolve("late/invoice-0007.txt"), "another of that name");
      run.backUp(cluster, session);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nothingTickedLeadsToNothing() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      BrowsePage page = BrowsePage.open(run, point, "/");
      assertEquals("Nothing is ticked.", run.text("browse-selection"));
      run.shots("browse-top");
      run.press("browse-restore");
      assertEquals(List.of(), page.wizard().only());
      assertTrue(run.chosen("restore-some"));
      assertTrue(run.disabled("restore-next"));
      run.shots("restore-nothing-yet");

      page = BrowsePage.open(run, point, "/");
      page.select("manifests");
      run.until("it is told", () -> run.shows("browse-selection", "take manifests"));
      run.press("browse-restore");
      List<String> only = page.wizard().only();
      assertTrue(only.contains("configmaps/" + DemoShop.A_CONFIG_MAP), only.toString());
      assertTrue(only.contains("deployments.apps/uploads"), only.toString());

      page = BrowsePage.open(run, point, "/");
      page.select("volumes");
      run.press("browse-restore");
      assertEquals(List.of("pvc/data-db-0", "pvc/uploads"), page.wizard().only());

      page = BrowsePage.open(run, point, "/");
      page.select("backstay.json");
      run.press("browse-restore");
      assertTrue(page.wizard().parts(), "the descriptor is nothing to restore");
    }
  }

  @Test
  void whatIsStillCountedOrNotHereCannotBeRestored() throws Exception {
    try (WindowRun run = WindowRun.shop(folder, BrowseChoiceTest::withLateFiles)) {
      RestorePoint point = newest(run, 4);
      BrowsePage page = BrowsePage.open(run, point, UPLOADS + "/late");
      Button restore = (Button) run.node("browse-restore");
      page.select("only-here.txt");
      boolean stale =
          Toolkit.on(() -> {
            page.key(KeyCode.SPACE); // on this thread, so that nothing is counted yet
            restore.fire();
            return !restore.isDisabled();
          });
      assertFalse(stale, "it can be pressed although it is not counted");
      run.until("it is counted", () -> run.shows("browse-selection", "1 file, 4 B"));
      run.shots("browse-ticked");

      run.press("browse-older");
      run.until("nothing of it is here", () -> run.shows("browse-selection", "Nothing of what"));
      assertTrue(Toolkit.on(restore::isDisabled));
      run.settle();
      run.shots("browse-ticked-not-here");
      run.press("browse-newer");
      run.until("it is back", () -> run.shows("browse-selection", "1 file, 4 B"));

      run.press("browse-up");
      page.awaitListed();
      page.tick("empty");
      run.until("it is counted", () -> !run.shows("browse-selection", "Counting"));
      run.press("browse-restore");
      assertEquals(
          List.of("pvc/uploads:empty", "pvc/uploads:late/only-here.txt"), page.wizard().only());
    }
  }

  @Test
  void whatIsTickedIsRestoredAndWhatIsTakenOutStays() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      Path uploads = run.sandbox().volume("shop", "uploads");
      Path wanted = uploads.resolve(DemoShop.A_FILE);
      byte[] content = Files.readAllBytes(wanted);
      Path left = wanted.resolveSibling("invoice-0001.txt");
      Path image = uploads.resolve("images/rope-000.png");
      for (Path file : List.of(wanted, left, image)) {
        Files.writeString(file, "spoilt");
      }
      BrowsePage page = BrowsePage.open(run, newest(run, 3), UPLOADS);
      page.tick("documents");
      page.select("documents");
      page.key(KeyCode.ENTER);
      run.until("the folder is open", () -> page.names().contains("invoice-0001.txt"));
      page.tick("invoice-0001.txt");
      run.until("it is counted", () -> run.shows("browse-selection", "files"));
      run.shots("browse-tick-and-untick");
      run.press("browse-restore");
      assertEquals(
          List.of("pvc/uploads:documents", "!pvc/uploads:documents/invoice-0001.txt"),
          page.wizard().only());
      choose(run, "restore-origin");
      choose(run, "restore-volumes-merge");
      run.press("restore-next");
      run.until("the plan is there", () -> run.has("restore-agree"));
      run.press("restore-agree");
      run.press("restore-start");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      assertArrayEquals(content, Files.readAllBytes(wanted));
      assertEquals("spoilt", Files.readString(left), "it was taken out");
      assertEquals("spoilt", Files.readString(image), "it was never ticked");
    }
  }

  /// A file below a folder that is taken out of a whole PVC can be ticked again.
  @Test
  void theLongestRuleWinsUpToTheCluster() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      Path uploads = run.sandbox().volume("shop", "uploads");
      Path wanted = uploads.resolve(DemoShop.A_FILE);
      byte[] content = Files.readAllBytes(wanted);
      Path left = wanted.resolveSibling("invoice-0001.txt");
      Files.writeString(wanted, "spoilt");
      Files.writeString(left, "spoilt");
      BrowsePage page = BrowsePage.open(run, newest(run, 3), "/volumes");
      page.tick("uploads");
      into(run, page, "uploads", "documents");
      page.tick("documents");
      into(run, page, "documents", "invoice-0007.txt");
      page.tick("invoice-0007.txt");
      run.until("it is counted", () -> run.shows("browse-selection", "files"));
      run.press("browse-restore");
      assertEquals(
          List.of(
              "pvc/uploads", "pvc/uploads:documents/invoice-0007.txt", "!pvc/uploads:documents"),
          page.wizard().only());
      choose(run, "restore-origin");
      choose(run, "restore-volumes-merge");
      run.press("restore-next");
      run.until("the plan is there", () -> run.has("restore-agree"));
      run.press("restore-agree");
      run.press("restore-start");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      assertArrayEquals(content, Files.readAllBytes(wanted));
      assertEquals("spoilt", Files.readString(left));
    }
  }

  private static void into(WindowRun run, BrowsePage page, String name, String holds) {
    page.select(name);
    page.key(KeyCode.ENTER);
    run.until("the folder is open", () -> page.names().contains(holds));
    run.settle();
  }

  @Test
  void whatIsTickedIsSavedUnderItsFoldersAndNothingElse() throws Exception {
    try (WindowRun run = WindowRun.shop(folder, BrowseChoiceTest::withLateFiles)) {
      Path uploads = run.sandbox().volume("shop", "uploads");
      BrowsePage page = BrowsePage.open(run, newest(run, 4), UPLOADS);
      page.tick("documents");
      page.tick("late");
      into(run, page, "documents", "invoice-0001.txt");
      page.tick("invoice-0001.txt");
      Path saved = folder.resolve("saved");
      run.press("browse-save");
      run.type("dialog-text", saved.toString());
      run.shots("save-to-laptop");
      run.press("dialog-action");
      run.until("it is told", () -> run.says("#dialog .ok-notice", "saved"));
      run.shots("saved-to-laptop");
      run.press("dialog-action");
      for (String name : List.of(DemoShop.A_FILE, "late/invoice-0007.txt", "late/only-here.txt")) {
        assertArrayEquals(
            Files.readAllBytes(uploads.resolve(name)), Files.readAllBytes(saved.resolve(name)));
      }
      assertFalse(Files.exists(saved.resolve("documents/invoice-0001.txt")), "it was taken out");
      assertFalse(Files.exists(saved.resolve("images")), "it was never ticked");
      try (Stream<Path> top = Files.list(saved)) {
        assertEquals(2, top.count());
      }
      existing(run, saved, uploads.resolve(DemoShop.A_FILE));
    }
  }

  /// Left as it is, kept beside, overwritten: as is wished.
  private static void existing(WindowRun run, Path target, Path original) throws IOException {
    Path file = target.resolve(DemoShop.A_FILE);
    Files.writeString(file, "mine");
    save(run, target, "skip");
    assertEquals("mine", Files.readString(file));
    assertTrue(run.says("#dialog .warn-notice", "stay as they are"));
    run.press("dialog-action");

    save(run, target, "keep_both");
    assertEquals("mine", Files.readString(file));
    assertArrayEquals(
        Files.readAllBytes(original),
        Files.readAllBytes(file.resolveSibling("invoice-0007 (2).txt")));
    run.press("dialog-action");

    run.press("browse-save");
    run.type("dialog-text", target.toString());
    choose(run, "save-existing-overwrite");
    assertTrue(run.disabled("dialog-action"), "not agreed to yet");
    run.shots("save-overwrite");
    run.press("save-agree");
    run.press("dialog-action");
    run.until("it is told", () -> run.says("#dialog .ok-notice", "saved"));
    assertArrayEquals(Files.readAllBytes(original), Files.readAllBytes(file));
    run.press("dialog-action");
  }

  private static void save(WindowRun run, Path target, String existing) {
    run.press("browse-save");
    run.type("dialog-text", target.toString());
    choose(run, "save-existing-" + existing);
    run.press("dialog-action");
    run.until(
        "it is told",
        () -> run.says("#dialog .ok-notice", "saved") || run.says("#dialog .warn-notice", "saved"));
  }

  @Test
  void whatIsNotInTheRestorePointIsNamedWhenItIsSaved() throws Exception {
    try (WindowRun run = WindowRun.shop(folder, BrowseChoiceTest::withLateFiles)) {
      BrowsePage page = BrowsePage.open(run, newest(run, 4), UPLOADS);
      page.tick("documents");
      page.tick("late");
      run.press("browse-older");
      page.awaitListed();
      Path saved = folder.resolve("saved");
      run.press("browse-save");
      run.type("dialog-text", saved.toString());
      run.press("dialog-action");
      run.until("it is named", () -> run.says("#dialog .bad-notice", "/volumes/uploads/late"));
      run.shots("saved-without-some");
      assertTrue(Files.exists(saved.resolve(DemoShop.A_FILE)));
      run.press("dialog-action");
      Place place = Toolkit.on(() -> run.window().desk().navigator().place());
      assertInstanceOf(Place.Browse.class, place);
    }
  }
}
