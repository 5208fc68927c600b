package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.items;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.tick;
import static dev.backstay.ui.window.Steps.upkeep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.store.LocalStore;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.maintenance.KeyView;
import dev.backstay.workflow.maintenance.RepositoryMaintenance;
import dev.backstay.workflow.maintenance.SnapshotChoice;
import dev.backstay.workflow.maintenance.UsageInfo;
import dev.backstay.workflow.maintenance.UsageInfo.PointUsage;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done to a repository as a whole: statistics, keys, locks and repairs.
final class RepositoryUpkeepTest {

  private static final String ANOTHER = "another horse battery";

  @TempDir Path folder;

  private WindowRun repositories() throws IOException {
    WindowRun run = WindowRun.shop(folder);
    var _ = newest(run, 3);
    go(run, new Place.Repositories());
    return run;
  }

  /// As anybody else opens it.
  private static RepositorySession open(WindowRun run, String password) {
    try (Secret secret = Secret.of(password)) {
      return RepositorySession.open(new RepositoryLocation(run.repository.toString()), secret);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> TableView<T> table(WindowRun run, String id) {
    return (TableView<T>) run.node(id);
  }

  private static <T> void select(WindowRun run, String id, int row) {
    TableView<T> table = table(run, id);
    Toolkit.run(() -> table.getSelectionModel().select(row));
  }

  @Test
  void statisticsSayWhatTheEngineSays() throws Exception {
    try (WindowRun run = repositories()) {
      run.shots("upkeep-row");
      upkeep(run, "upkeep-statistics");
      run.until("it is counted", () -> items(run, "statistics-points") == 3);
      run.shots("statistics-points");
      UsageInfo usage;
      try (RepositorySession session = open(run, WindowRun.PASSWORD)) {
        usage =
            new RepositoryMaintenance(session)
                .usage(SnapshotChoice.ALL, new CancelToken(), Meter.NONE);
      }
      for (long bytes :
          List.of(
              usage.total().logical(),
              usage.total().unique(),
              usage.total().stored(),
              usage.packs())) {
        assertTrue(run.says("#statistics-total", Amounts.bytes(bytes)), Amounts.bytes(bytes));
      }
      TableView<PointUsage> points = table(run, "statistics-points");
      assertEquals(usage.points().reversed(), Toolkit.on(() -> List.copyOf(points.getItems())));
      Toolkit.run(() -> points.getSortOrder().setAll(List.of(points.getColumns().get(5))));
      assertEquals(
          usage.points().stream().map(p -> p.amounts().logical()).sorted().toList(),
          Toolkit.on(() -> points.getItems().stream().map(p -> p.amounts().logical()).toList()));
      TabPane tabs = (TabPane) run.node("statistics-tabs");
      Toolkit.run(() -> tabs.getSelectionModel().select(1));
      TableView<UsageInfo.VolumeUsage> volumes = table(run, "statistics-volumes");
      assertEquals(usage.volumes(), Toolkit.on(() -> List.copyOf(volumes.getItems())));
      run.shots("statistics-volumes");
      run.press("statistics-copy");
      run.until("it is copied", () -> run.shows("statistics-copy", "Copied"));
      assertEquals(
          "{\"stored\": " + usage.total().stored() + "}",
          Toolkit.on(() -> Clipboard.getSystemClipboard().getString()));
    }
  }

  @Test
  void keysAreAddedAndRemoved() throws Exception {
    try (WindowRun run = repositories()) {
      upkeep(run, "upkeep-keys");
      run.until("the key is listed", () -> items(run, "keys-table") == 1);
      run.press("keys-add");
      assertTrue(run.disabled("dialog-action"), "an empty password is none");
      run.type("new-password", ANOTHER);
      run.type("new-password-again", "another hoarse battery");
      run.press("dialog-action");
      run.until("they differ", () -> run.says("#dialog .bad-notice", "differ"));
      run.shots("keys-differ");
      run.type("new-password-again", ANOTHER);
      run.press("dialog-action");
      run.until("it is listed", () -> items(run, "keys-table") == 2);
      assertTrue(run.says("#dialog .ok-notice", "was added"));
      try (RepositorySession other = open(run, ANOTHER)) {
        assertEquals(2, new RepositoryMaintenance(other).keys().size());
      }

      TableView<KeyView> table = table(run, "keys-table");
      int current = Toolkit.on(() -> table.getItems().getFirst().current() ? 0 : 1);
      select(run, "keys-table", current);
      assertTrue(run.disabled("keys-remove"), "the current one stays");
      assertTrue(run.text("keys-hint").contains("cannot be removed"));
      run.shots("keys-current");
      select(run, "keys-table", 1 - current);
      run.press("keys-remove");
      run.until("it is asked", () -> run.says("#dialog", "Remove key"));
      run.shots("keys-remove");
      run.press("dialog-action");
      run.until("it is gone", () -> items(run, "keys-table") == 1);
      run.until("it is told", () -> run.says("#dialog .ok-notice", "was removed"));
      assertThrows(UnauthenticatedException.class, () -> open(run, ANOTHER).close());
    }
  }

  /// The keychain has the new password, and the window goes on with the new key.
  @Test
  void aPasswordIsChangedInTheKeychainToo() throws Exception {
    try (WindowRun run = repositories()) {
      upkeep(run, "upkeep-keys");
      run.until("the key is listed", () -> items(run, "keys-table") == 1);
      for (String password : List.of(ANOTHER, "a third one")) {
        run.press("keys-change");
        run.type("new-password", password);
        run.type("new-password-again", password);
        run.press("dialog-action");
        run.until("the dialog is closed", () -> !run.has("new-password"));
        run.until("it is told", () -> run.says("#dialog .ok-notice", "was changed"));
        assertEquals(password, run.surroundings.keychain.get(run.repository.toString()));
        try (RepositorySession other = open(run, password)) {
          String id = new RepositoryMaintenance(other).keys().getFirst().id();
          TableView<KeyView> table = table(run, "keys-table");
          run.until(
              "the new key is in use",
              () ->
                  table.getItems().size() == 1
                      && table.getItems().getFirst().id().equals(id)
                      && table.getItems().getFirst().current());
        }
      }
      run.shots("keys-changed");
      assertThrows(UnauthenticatedException.class, () -> open(run, WindowRun.PASSWORD).close());
      run.press("dialog-action");
      run.press("repository-check");
      run.until("it is open still", () -> run.says("#dialog .ok-notice", "Sound"));
    }
  }

  /// The old password would be wrong at the next start; none at all is asked for.
  @Test
  void aKeychainThatRefusesDoesNotKeepTheOldPassword() throws Exception {
    try (WindowRun run = repositories()) {
      run.surroundings.refusing = true;
      upkeep(run, "upkeep-keys");
      run.press("keys-change");
      run.type("new-password", ANOTHER);
      run.type("new-password-again", ANOTHER);
      run.press("dialog-action");
      run.until("it is told", () -> run.says("#dialog .bad-notice", "keychain is locked"));
      assertTrue(run.says("#dialog .ok-notice", "was changed"));
      run.shots("keys-not-kept");
      assertNull(run.surroundings.keychain.get(run.repository.toString()));
      open(run, ANOTHER).close();
    }
  }

  /// Leaves the lock of a writer that went without a word.
  private static void lock(WindowRun run, String host, Duration ago) throws IOException {
    RepositorySettings settings =
        new RepositorySettings(
            () -> Instant.now().minus(ago), host, "ann", "backstay", 1, 10, Duration.ZERO, null);
    Path locks = run.repository.resolve("locks");
    List<Path> before = files(locks);
    try (Secret secret = Secret.of(WindowRun.PASSWORD);
        OpenRepository repository =
            Repository.open(new LocalStore(run.repository), secret, settings)) {
      Path left;
      byte[] bytes;
      try (RepositoryWriter _ = repository.writer()) {
        left = files(locks).stream().filter(f -> !before.contains(f)).findFirst().orElseThrow();
        bytes = Files.readAllBytes(left);
      }
      Files.write(left, bytes);
    }
  }

  private static List<Path> files(Path under) throws IOException {
    try (Stream<Path> files = Files.walk(under)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void staleLocksGoAndOthersOnlyWhenAsked() throws Exception {
    try (WindowRun run = repositories()) {
      upkeep(run, "upkeep-locks");
      run.until("there are none", () -> run.shows("locks-summary", "0 locks"));
      assertTrue(run.disabled("locks-remove-all"));
      run.shots("locks-none");
      lock(run, "a-laptop-that-was-closed.example.org", Duration.ofHours(2));
      lock(run, "another-laptop.example.org", Duration.ofMinutes(3));
      run.press("locks-again");
      run.until("both are told", () -> run.shows("locks-summary", "2 locks, 1 of them stale"));
      run.shots("locks");
      run.press("locks-remove-stale");
      run.until("it is told", () -> run.says("#dialog .ok-notice", "1 lock was removed"));
      run.until("one is left", () -> run.shows("locks-summary", "1 lock, 0 of them stale"));
      assertEquals(1, files(run.repository.resolve("locks")).size());
      assertTrue(run.disabled("locks-remove-stale"));

      run.press("dialog-action");
      upkeep(run, "upkeep-keys");
      run.press("keys-change");
      run.type("new-password", ANOTHER);
      run.type("new-password-again", ANOTHER);
      run.press("dialog-action");
      run.until("it is locked", () -> run.says("#dialog .bad-notice", "locked by ann"));
      run.shots("keys-locked");
      run.press("notice-locks");
      run.until("it is listed", () -> items(run, "locks-table") == 1);
      run.press("locks-remove-all");
      assertTrue(run.disabled("dialog-action"), "not agreed to yet");
      run.shots("locks-all");
      tick(run, "locks-agree", true);
      run.press("dialog-action");
      run.until("none is left", () -> run.shows("locks-summary", "0 locks"));
      assertEquals(List.of(), files(run.repository.resolve("locks")));
    }
  }

  private static void plan(WindowRun run) {
    run.press("dialog-action");
    run.until("the plan is there", () -> items(run, "repair-plan") > 0);
  }

  private static void repaired(WindowRun run) {
    run.press("dialog-action");
    run.until("it is done", () -> run.says("#dialog .ok-notice", "Repaired"));
  }

  @Test
  void aLostIndexIsRepairedFromThePacks() throws Exception {
    try (WindowRun run = repositories()) {
      for (Path file : files(run.repository.resolve("index"))) {
        Files.delete(file);
      }
      run.press("repository-check");
      run.until("it is told", () -> run.says("#dialog .bad-notice", "Damaged"));
      run.shots("check-index");
      run.press("check-repair");
      assertTrue(run.chosen("repair-index"));
      run.shots("repair-index");
      plan(run);
      run.shots("repair-index-plan");
      repaired(run);
      run.shots("repair-done");
      run.press("repair-check");
      run.until("it is sound", () -> run.says("#dialog .ok-notice", "Sound"));
      run.press("dialog-action");
      assertFalse(run.has("dialog"));

      upkeep(run, "upkeep-repair");
      run.press("dialog-action");
      run.until("nothing is left", () -> run.says("#dialog .ok-notice", "nothing to repair"));
      assertTrue(run.disabled("dialog-action"));
      run.shots("repair-nothing");
    }
  }

  @Test
  void damagedPacksAreSavedAndSnapshotsRepaired() throws Exception {
    try (WindowRun run = repositories()) {
      Path pack =
          files(run.repository.resolve("data")).stream()
              .max(Comparator.comparingLong(p -> p.toFile().length()))
              .orElseThrow();
      String id = pack.getFileName().toString();
      byte[] bytes = Files.readAllBytes(pack);
      bytes[bytes.length / 3] ^= 1;
      assertTrue(pack.toFile().setWritable(true));
      Files.write(pack, bytes);
      run.press("repository-check-data");
      run.until("it is told", () -> run.says("#dialog .bad-notice", id.substring(0, 8)));
      run.shots("check-pack");
      run.press("check-repair");
      assertTrue(run.chosen("repair-packs"));
      assertTrue(id.startsWith(run.text("repair-packs-ids")));
      run.shots("repair-packs");
      plan(run);
      assertTrue(run.disabled("dialog-action"), "not agreed to yet");
      assertTrue(run.text("repair-details").contains("lost"));
      tick(run, "repair-agree", true);
      run.shots("repair-packs-plan");
      repaired(run);
      assertTrue(Files.exists(folder.resolve("data/damaged-packs/pack-" + id)), "a copy is kept");

      run.press("repair-check-data");
      run.until("snapshots lack it", () -> run.says("#dialog .bad-notice", "Damaged"));
      run.shots("check-lost");
      run.press("check-repair");
      assertTrue(run.chosen("repair-snapshots"));
      tick(run, "repair-forget", true);
      run.shots("repair-snapshots");
      plan(run);
      tick(run, "repair-agree", true);
      run.shots("repair-snapshots-plan");
      repaired(run);
      run.shots("repair-snapshots-done");
      run.press("repair-check");
      run.until("it is sound", () -> run.says("#dialog .ok-notice", "Sound"));
    }
  }

  @Test
  void theMenuNeedsNoMouse() throws Exception {
    try (WindowRun run = repositories()) {
      Hands hands = new Hands(run);
      var _ = run.node("repository-upkeep"); // once the repository is open
      run.settle();
      Toolkit.run(() -> run.node("repository-upkeep").requestFocus());
      hands.press(KeyCode.SPACE);
      hands.press(KeyCode.DOWN, 3);
      hands.press(KeyCode.ENTER);
      run.until("it is there", () -> run.has("locks-summary"));
    }
  }
}
