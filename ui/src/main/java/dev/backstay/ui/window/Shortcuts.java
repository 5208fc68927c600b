package dev.backstay.ui.window;

import dev.backstay.ui.Desk;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.settings.LookStore;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.shell.ShellController;
import dev.backstay.ui.theme.Look;
import dev.backstay.ui.theme.Theme;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// The window's keys; `?` shows them.
final class Shortcuts {

  private final Desk desk;
  private final ShellController shell;
  private final Theme theme;
  private final Runnable find;
  private final Runnable keys;
  private final Runnable quit;

  Shortcuts(
      Desk desk, ShellController shell, Theme theme, Runnable find, Runnable keys, Runnable quit) {
    this.desk = desk;
    this.shell = shell;
    this.theme = theme;
    this.find = find;
    this.keys = keys;
    this.quit = quit;
  }

  void install(Scene scene, Dialogs dialogs) {
    shortcut(scene, KeyCode.K, find);
    shortcut(scene, KeyCode.R, shell::refresh);
    shortcut(scene, KeyCode.Q, quit);
    shortcut(scene, KeyCode.B, this::backUp);
    shortcut(scene, KeyCode.PLUS, () -> size(1));
    shortcut(scene, KeyCode.EQUALS, () -> size(1));
    shortcut(scene, KeyCode.ADD, () -> size(1));
    shortcut(scene, KeyCode.MINUS, () -> size(-1));
    shortcut(scene, KeyCode.SUBTRACT, () -> size(-1));
    List<Place> pages =
        List.of(
            new Place.Overview(),
            new Place.Points(),
            new Place.Jobs(null),
            new Place.Repositories(),
            new Place.Settings(),
            new Place.About());
    for (int i = 0; i < pages.size(); i++) {
      Place page = pages.get(i);
      KeyCode digit = KeyCode.valueOf("DIGIT" + (i + 1));
      shortcut(scene, digit, () -> desk.navigator().go(page));
    }
    key(scene, KeyCode.F5, shell::refresh);
    key(scene, KeyCode.F1, keys);
    alt(scene, KeyCode.LEFT, desk.navigator()::back);
    alt(scene, KeyCode.RIGHT, desk.navigator()::forward);
    scene.addEventHandler(KeyEvent.KEY_TYPED, event -> typed(event, scene, dialogs));
  }

  private static void shortcut(Scene scene, KeyCode code, Runnable what) {
    scene.getAccelerators().put(new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN), what);
  }

  private static void key(Scene scene, KeyCode code, Runnable what) {
    scene.getAccelerators().put(new KeyCodeCombination(code), what);
  }

  private static void alt(Scene scene, KeyCode code, Runnable what) {
    scene.getAccelerators().put(new KeyCodeCombination(code, KeyCombination.ALT_DOWN), what);
  }

  /// Plain characters count only where nobody types text.
  private void typed(KeyEvent event, Scene scene, Dialogs dialogs) {
    if (scene.getFocusOwner() instanceof TextInputControl || dialogs.isShown()) {
      return;
    }
    if (event.getCharacter().equals("?")) {
      keys.run();
      event.consume();
    } else if (event.getCharacter().equals("/")) {
      Node field = shell.filter();
      if (field instanceof TextField) {
        field.requestFocus();
        event.consume();
      }
    }
  }

  private void backUp() {
    if (desk.navigator().place() instanceof Place.Namespace(var cluster, String namespace, _)) {
      desk.navigator().go(new Place.BackUp(cluster, namespace, List.of()));
    }
  }

  private void size(int by) {
    Look look = theme.look().withTextSize(theme.look().textSize() + by);
    theme.change(look);
    LookStore.put(desk.remembered(), look);
  }
}
