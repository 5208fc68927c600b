package dev.backstay.ui.shell;

import dev.backstay.ui.fx.Texts;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

/// The keys of the window, as `?` shows them.
public final class Keys {

  private static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");

  private Keys() {}

  private record Key(String keys, String text) {}

  /// `Ctrl+K`, or `⌘K` on a Mac.
  public static String shortcut(String key) {
    return MAC ? "⌘" + key : "Ctrl+" + key;
  }

  public static Node sheet() {
    List<Key> keys =
        List.of(
            new Key(shortcut("K"), "keys.find"),
            new Key(shortcut("R") + ", F5", "keys.refresh"),
            new Key("Alt+←, Alt+→", "keys.back"),
            new Key(shortcut("1") + " … " + shortcut("6"), "keys.pages"),
            new Key(shortcut("B"), "keys.back-up"),
            new Key("/", "keys.filter"),
            new Key("Enter", "keys.open"),
            new Key("Backspace", "keys.up"),
            new Key("Space", "keys.tick"),
            new Key("Alt+PgUp, Alt+PgDn", "keys.time"),
            new Key(shortcut("+") + ", " + shortcut("−"), "keys.size"),
            new Key("Esc", "keys.close"),
            new Key(shortcut("Q"), "keys.quit"),
            new Key("?, F1", "keys.keys"));
    GridPane grid = new GridPane(24, 8);
    for (Key key : keys) {
      Label name = new Label(key.keys());
      name.getStyleClass().add("key");
      grid.addRow(grid.getRowCount(), name, new Label(Texts.of(key.text())));
    }
    return grid;
  }
}
