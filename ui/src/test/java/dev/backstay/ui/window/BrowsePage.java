package dev.backstay.ui.window;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.browse.Entry;
import dev.backstay.ui.shell.Place;
import java.util.List;
import java.util.Objects;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.fxmisc.richtext.CodeArea;
import org.jspecify.annotations.Nullable;

/// The page inside a restore point, as its user handles it.
final class BrowsePage {

  private final WindowRun run;

  private BrowsePage(WindowRun run) {
    this.run = run;
  }

  /// Opens a folder of a restore point, or the folder of a file.
  static BrowsePage open(WindowRun run, RestorePoint point, String path) {
    Steps.go(run, new Place.Browse(point, path));
    BrowsePage page = new BrowsePage(run);
    page.awaitListed();
    return page;
  }

  void awaitListed() {
    run.until("files are listed", () -> !table().getItems().isEmpty());
    run.settle();
  }

  TableView<Entry> table() {
    @SuppressWarnings("unchecked")
    TableView<Entry> table =
        (TableView<Entry>) run.stage().getScene().getRoot().lookup("#browse-table");
    return Objects.requireNonNull(table);
  }

  List<String> names() {
    return Toolkit.on(() -> table().getItems().stream().map(Entry::name).toList());
  }

  /// Clicks the box of a row in view.
  void tick(String name) {
    String words = "Choose " + name;
    run.until("there is a box for " + name, () -> box(words) != null);
    Toolkit.run(() -> Objects.requireNonNull(box(words)).fire());
  }

  private @Nullable CheckBox box(String words) {
    return run.stage().getScene().getRoot().lookupAll(".check-box").stream()
        .filter(node -> words.equals(node.getAccessibleText()))
        .filter(WindowRun::visible)
        .map(CheckBox.class::cast)
        .findFirst()
        .orElse(null);
  }

  /// Clicks a row.
  void select(String name) {
    Toolkit.run(() -> {
      Entry entry =
          table().getItems().stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
      table().getSelectionModel().select(entry);
    });
  }

  /// The name of the row that is selected, empty without one.
  String selected() {
    return Toolkit.on(() -> {
      Entry entry = table().getSelectionModel().getSelectedItem();
      return entry == null ? "" : entry.name();
    });
  }

  /// Presses a key where a node has the focus.
  static void key(Node node, KeyCode code, boolean alt) {
    Toolkit.run(() ->
        Event.fireEvent(
            node,
            new KeyEvent(
                KeyEvent.KEY_PRESSED, "", code.getChar(), code, false, false, alt, false)));
  }

  void key(KeyCode code) {
    key(table(), code, false);
  }

  /// Whether the preview holds these words; never waits.
  static boolean previews(WindowRun run, String words) {
    return Toolkit.on(() ->
        run.stage().getScene().getRoot().lookupAll("#preview-text").stream()
            .filter(WindowRun::visible)
            .anyMatch(node -> ((CodeArea) node).getText().contains(words)));
  }

  /// What the wizard was opened with.
  Place.Restore wizard() {
    run.until("the wizard is open", () -> place() instanceof Place.Restore);
    return (Place.Restore) Toolkit.on(this::place);
  }

  private Place place() {
    return run.window().desk().navigator().place();
  }
}
