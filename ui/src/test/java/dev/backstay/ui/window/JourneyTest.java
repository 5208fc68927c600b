package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.choose;
import static dev.backstay.ui.window.Steps.ended;
import static dev.backstay.ui.window.Steps.go;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Outcome;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.ui.shell.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole jobs, driven through the window on a sandbox: what the cluster holds in the end counts.
final class JourneyTest {

  @TempDir Path folder;

  @Test
  void backsUpANamespace() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      var cluster = run.window().desk().clusters().all().getFirst();
      go(run, new Place.BackUp(cluster, "shop", List.of()));
      run.press("backup-start");
      assertTrue(ended(run) instanceof Outcome.Completed);
      run.until("the new point appears", () -> run.window().desk().points().all().size() == 4);
      run.until("its job is shown", () -> run.has("job-log"));
      run.shots("job-ended");
    }
  }

  @Test
  void findsALostFileAndBringsItBack() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      Path lost = run.sandbox().volume("shop", "uploads").resolve(DemoShop.A_FILE);
      Path other = lost.resolveSibling("new-since.txt");
      byte[] content = Files.readAllBytes(lost);
      Files.delete(lost);
      Files.writeString(other, "made after the restore point");
      run.until("points are known", () -> run.window().desk().points().all().size() == 3);
      var point = run.window().desk().points().all().getFirst();
      go(run, new Place.Browse(point, "/volumes/uploads/" + DemoShop.A_FILE));
      run.until("its text is shown", () -> run.has("preview-text"));
      run.shots("browse-file");
      run.press("browse-restore");
      choose(run, "restore-origin");
      run.shots("restore-where-origin");
      run.press("restore-next");
      run.until("the plan is there", () -> run.has("restore-agree"));
      assertTrue(run.text("restore-total").startsWith("1 file, "), run.text("restore-total"));
      assertTrue(run.disabled("restore-start"), "nothing is agreed to yet");
      run.until(
          "the file is listed",
          () -> run.says("#restore-files", DemoShop.A_FILE) && filesListed(run));
      run.shots("restore-file-plan");
      run.press("restore-agree");
      run.press("restore-start");
      Outcome outcome = ended(run);
      assertTrue(outcome instanceof Outcome.Completed, outcome.toString());
      assertArrayEquals(content, Files.readAllBytes(lost));
      assertEquals("made after the restore point", Files.readString(other));
    }
  }

  private static boolean filesListed(WindowRun run) {
    return run.says("#restore-files-section", "create  1");
  }

  @Test
  void leadsFromNothingToARepository() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      run.until("the first steps are shown", () -> run.has("first-steps"));
      run.shots("first-run");
      run.press("first-step-2");
      run.press("add-repository");
      run.type("wizard-place", run.repository.toString());
      run.press("wizard-test");
      run.until("the place is tested", () -> !run.all("#dialog .ok-notice").isEmpty());
      run.shots("wizard-place");
      run.press("dialog-action");
      run.type("wizard-password", WindowRun.PASSWORD);
      run.type("wizard-password-again", "another");
      run.press("dialog-action");
      run.until("the difference is told", () -> !run.all("#dialog .bad-notice").isEmpty());
      assertFalse(Files.exists(run.repository.resolve("config")));
      run.type("wizard-password-again", WindowRun.PASSWORD);
      run.press("dialog-action");
      run.until("it is chosen", () -> run.window().desk().repositories().chosen() != null);
      assertTrue(Files.exists(run.repository.resolve("config")));
      run.shots("repositories-made");
    }
  }

  @Test
  void savesFilesToTheLaptop() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      run.until("points are known", () -> run.window().desk().points().all().size() == 3);
      var point = run.window().desk().points().all().getFirst();
      go(run, new Place.Browse(point, "/volumes/uploads/" + DemoShop.A_FILE));
      run.until("its text is shown", () -> run.has("preview-text"));
      run.press("browse-save");
      run.type("dialog-text", folder.resolve("saved").toString());
      run.press("dialog-action");
      Path saved = folder.resolve("saved").resolve("invoice-0007.txt");
      run.until("it is saved", () -> run.says("#dialog", "saved to"));
      assertArrayEquals(
          Files.readAllBytes(run.sandbox().volume("shop", "uploads").resolve(DemoShop.A_FILE)),
          Files.readAllBytes(saved));
    }
  }
}
