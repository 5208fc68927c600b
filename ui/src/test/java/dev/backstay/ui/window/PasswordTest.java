package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.ended;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.items;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.tick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Outcome;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.repositories.OpenRepository;
import dev.backstay.ui.shell.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Repositories whose password nobody knows: it is asked for where it is needed, and what was
/// wanted goes on.
final class PasswordTest {

  @TempDir Path folder;

  /// The demo shop after a start without the keychain.
  private WindowRun closed() throws Exception {
    WindowRun run = WindowRun.shop(folder, (_, r) -> r.surroundings.keychain.clear());
    run.until(
        "the password is missing",
        () ->
            !run.window().desk().repositories().all().isEmpty()
                && run.window().desk().repositories().all().getFirst().standing()
                    == OpenRepository.Standing.NEEDS_PASSWORD);
    return run;
  }

  @Test
  void browsingAsksAndGoesOn() throws Exception {
    try (WindowRun run = closed()) {
      RestorePoint point = newest(run, 3);
      go(run, new Place.Browse(point, "/volumes"));
      run.type("repository-password", "not the password");
      run.press("dialog-action");
      run.until("a wrong one is told", () -> run.says("#dialog", "password"));
      run.until("it may be typed again", () -> run.says("#dialog .bad-notice", ""));
      run.shots("password-wrong");
      run.type("repository-password", WindowRun.PASSWORD);
      tick(run, "repository-password-keep", true);
      run.press("dialog-action");
      run.until("files are listed", () -> items(run, "browse-table") == 2);
      run.until(
          "the keychain has it",
          () ->
              WindowRun.PASSWORD.equals(run.surroundings.keychain.get(run.repository.toString())));
    }
  }

  @Test
  void whoDoesNotGiveItIsToldAndMayTryAgain() throws Exception {
    try (WindowRun run = closed()) {
      RestorePoint point = newest(run, 3);
      go(run, new Place.Restore(point, List.of()));
      run.press("restore-next");
      run.press("restore-next");
      run.node("repository-password");
      run.shots("password-restore");
      run.press("dialog-cancel");
      run.until("it is closed", () -> run.says("#content", "is closed"));
      run.shots("restore-closed");
      run.press("try-again");
      run.type("repository-password", WindowRun.PASSWORD);
      run.press("dialog-action");
      run.until("the plan is there", () -> run.has("restore-objects"));
    }
  }

  @Test
  void aBackUpAsksAndGoesOnThoughTheKeychainRefuses() throws Exception {
    try (WindowRun run = closed()) {
      run.surroundings.refusing = true;
      go(run, new Place.BackUp(cluster(run), "shop", List.of()));
      run.type("repository-password", WindowRun.PASSWORD);
      tick(run, "repository-password-keep", true);
      run.press("dialog-action");
      run.until("the refusal is told", () -> run.says("#dialog", "keychain is locked"));
      run.shots("password-not-kept");
      run.press("dialog-action");
      run.until("the plan is there", () -> run.shows("backup-total", "→"));
      run.press("backup-start");
      assertInstanceOf(Outcome.Completed.class, ended(run));
    }
  }

  /// It is made, it is listed, and the refusal is told.
  @Test
  void aRepositoryIsMadeThoughTheKeychainRefuses() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      run.surroundings.refusing = true;
      go(run, new Place.Repositories());
      run.press("add-repository");
      run.type("wizard-place", run.repository.toString());
      run.press("wizard-test");
      run.until("the place is tested", () -> !run.all("#dialog .ok-notice").isEmpty());
      run.press("dialog-action");
      run.type("wizard-password", WindowRun.PASSWORD);
      run.type("wizard-password-again", WindowRun.PASSWORD);
      tick(run, "wizard-keep", true);
      run.press("dialog-action");
      run.until("the refusal is told", () -> run.says("#dialog", "keychain is locked"));
      run.press("dialog-action");
      assertTrue(Files.exists(run.repository.resolve("config")));
      List<OpenRepository> all = Toolkit.on(() -> run.window().desk().repositories().all());
      assertEquals(1, all.size());
      assertEquals(OpenRepository.Standing.OPEN, all.getFirst().standing());
    }
  }
}
