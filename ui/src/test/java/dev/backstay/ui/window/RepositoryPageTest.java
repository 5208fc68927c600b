package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.choose;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.items;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.tick;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.ui.repositories.OpenRepository;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.repository.SnapshotInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repository by itself: its snapshots, folders of this machine, checks.
final class RepositoryPageTest {

  @TempDir Path folder;

  private static OpenRepository chosen(WindowRun run) {
    run.until("a repository is open", () -> run.window().desk().repositories().chosen() != null);
    return Objects.requireNonNull(run.window().desk().repositories().chosen());
  }

  private Path documents() throws IOException {
    Path documents = folder.resolve("documents");
    Path letters = Files.createDirectories(documents.resolve("letters"));
    Files.writeString(letters.resolve("dear.txt"), "Dear engineers,\n");
    Files.writeString(letters.resolve("scratch.tmp"), "not this");
    byte[] noise = new byte[300_000];
    new Random(3).nextBytes(noise);
    Files.write(letters.resolve("noise.bin"), noise);
    return documents;
  }

  @SuppressWarnings("unchecked")
  private static TableView<SnapshotInfo> table(WindowRun run) {
    return (TableView<SnapshotInfo>) run.node("snapshots-table");
  }

  @Test
  void foldersOfThisMachineGoInAndComeBack() throws Exception {
    Path documents = documents();
    try (WindowRun run = WindowRun.shop(folder)) {
      newest(run, 3);
      go(run, new Place.Repositories());
      run.press("repository-snapshots");
      run.until("restore points are among them", () -> items(run, "snapshots-table") == 3);
      run.press("snapshots-back-up");
      run.type("folders-paths", documents.toString());
      run.type("folders-excludes", "*.tmp");
      run.type("folders-tags", "letters of-2026");
      run.shots("folders-back-up");
      run.press("dialog-action");
      run.until("it is told", () -> run.says(".ok-notice", "Snapshot"));
      run.shots("folders-backed-up");
      run.press("dialog-action");
      run.until("it is in the table", () -> items(run, "snapshots-table") == 4);
      TableView<SnapshotInfo> table = table(run);
      Toolkit.run(() -> table.getSelectionModel().select(0));
      SnapshotInfo made = Toolkit.on(() -> table.getItems().getFirst());
      assertEquals(java.util.List.of("letters", "of-2026"), made.tags());
      TreeTableView<?> tree = (TreeTableView<?>) run.node("snapshots-files");
      run.until("its files are listed", () -> expand(tree.getRoot(), "letters"));
      run.settle();
      run.shots("snapshots");
      Path back = folder.resolve("back");
      run.press("snapshots-restore");
      run.type("folders-target", back.toString());
      assertTrue(run.text("folders-plan").contains(back.toString()));
      run.shots("folders-restore");
      run.press("dialog-action");
      run.until("it is told", () -> run.says(".ok-notice", "restored"));
      run.shots("folders-restored");
      Path letters = find(back, "letters");
      for (String name : java.util.List.of("dear.txt", "noise.bin")) {
        assertArrayEquals(
            Files.readAllBytes(documents.resolve("letters").resolve(name)),
            Files.readAllBytes(letters.resolve(name)));
      }
      assertFalse(Files.exists(letters.resolve("scratch.tmp")), "it was left out");
      run.press("dialog-action");

      Files.writeString(letters.resolve("dear.txt"), "changed");
      run.press("snapshots-restore");
      run.type("folders-target", back.toString());
      choose(run, "folders-existing-overwrite");
      assertTrue(run.disabled("dialog-action"), "not agreed to yet");
      tick(run, "folders-agree", true);
      run.press("dialog-action");
      run.until("it is told", () -> run.says(".ok-notice", "restored"));
      assertEquals("Dear engineers,\n", Files.readString(letters.resolve("dear.txt")));
      run.press("dialog-action");

      run.press("snapshots-back-up");
      run.type("folders-paths", folder.resolve("is-not-there").toString());
      run.press("dialog-action");
      run.until("it is told", () -> run.says(".bad-notice", "is-not-there"));
      run.shots("folders-absent");
      assertTrue(run.says(".bad-notice", "is-not-there"), "it stays until it is closed");
    }
  }

  /// Opens folders until one of that name is open; never waits.
  private static boolean expand(TreeItem<?> item, String name) {
    if (item == null || item.isLeaf()) {
      return false;
    }
    item.setExpanded(true);
    if (String.valueOf(item.getValue()).contains("/" + name + ",")) {
      return item.getChildren().size() == 2;
    }
    return item.getChildren().stream().anyMatch(child -> expand(child, name));
  }

  private static Path find(Path under, String name) throws IOException {
    try (Stream<Path> all = Files.walk(under)) {
      return all.filter(p -> p.endsWith(name)).findFirst().orElseThrow();
    }
  }

  @Test
  void checksTellDamage() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      newest(run, 3);
      chosen(run);
      go(run, new Place.Repositories());
      run.press("repository-check-data");
      run.until("it is sound", () -> run.says("#dialog .ok-notice", ""));
      run.shots("repository-sound");
      run.press("dialog-action");
      run.press("repository-rebuild");
      run.until("it was read", () -> run.says("#dialog .ok-notice", "3 restore points"));
      run.shots("repository-rebuilt");
      run.press("dialog-action");
      Path pack;
      try (Stream<Path> packs = Files.walk(run.repository.resolve("data"))) {
        pack =
            packs
                .filter(Files::isRegularFile)
                .max(Comparator.comparingLong(p -> p.toFile().length()))
                .orElseThrow();
      }
      byte[] bytes = Files.readAllBytes(pack);
      bytes[bytes.length / 3] ^= 1;
      assertTrue(pack.toFile().setWritable(true));
      Files.write(pack, bytes);
      run.press("repository-check-data");
      run.until(
          "the damage is named",
          () -> run.says("#dialog .bad-notice", pack.getFileName().toString().substring(0, 8)));
      run.shots("repository-damaged");
    }
  }

  @Test
  void longWorkCanBeCancelled() throws Exception {
    // 12 GiB to read that take 128 MiB of the disk: each name is read, and a hole would not be.
    Path huge = Files.createDirectory(folder.resolve("huge"));
    byte[] noise = new byte[128 << 20];
    new Random(5).nextBytes(noise);
    Path file = Files.write(huge.resolve("0"), noise);
    for (int name = 1; name < 96; name++) {
      Files.createLink(huge.resolve(String.valueOf(name)), file);
    }
    try (WindowRun run = WindowRun.shop(folder)) {
      newest(run, 3);
      go(run, new Place.Snapshots(chosen(run)));
      run.press("snapshots-back-up");
      run.type("folders-paths", huge.toString());
      run.press("dialog-action");
      run.until("it is on its way", () -> run.shows("progress-text", "MiB"));
      run.shots("folders-running");
      run.press("dialog-cancel");
      run.until("it is told", () -> run.says("#dialog", "No snapshot was made"));
      run.shots("folders-cancelled");
      run.press("dialog-action");
      assertEquals(3, items(run, "snapshots-table"));
    }
  }
}
