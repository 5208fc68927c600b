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

/// The window's keys; `?` shows them. While a dialog is open only those work that touch nothing
/// behind it.
final class Shortcuts {

  private final Desk desk;
  private final ShellController shell;
  private final Theme theme;
  private final Dialogs dialogs;
  private final Runnable find;
  private final Runnable keys;
  private final Runnable quit;

  Shortcuts(
      Desk desk,
      ShellController shell,
      Theme theme,
      Dialogs dialogs,
      Runnable find,
      Runnable keys,
      Runnable quit) {
    this.desk = desk;
    this.shell = shell;
    this.theme = theme;
    this.dialogs = dialogs;
    this.find = find;
    this.keys = keys;
    this.quit = quit;
  }

  void install(Scene scene) {
    shortcut(scene, KeyCode.Q, quit);
    List.of(KeyCode.PLUS, KeyCode.EQUALS, KeyCode.ADD)
        .forEach(larger -> shortcut(scene, larger, () -> size(1)));
    List.of(KeyCode.MINUS, KeyCode.SUBTRACT)
        .forEach(smaller -> shortcut(scene, smaller, () -> size(-1)));
    shortcut(scene, KeyCode.K, undisturbed(find));
    shortcut(scene, KeyCode.R, undisturbed(shell::refresh));
    shortcut(scene, KeyCode.B, undisturbed(this::backUp));
    pages(scene);
    key(scene, KeyCode.F5, undisturbed(shell::refresh));
    key(scene, KeyCode.F1, undisturbed(keys));
    alt(scene, KeyCode.LEFT, undisturbed(desk.navigator()::back));
    alt(scene, KeyCode.RIGHT, undisturbed(desk.navigator()::forward));
    scene.addEventHandler(KeyEvent.KEY_TYPED, event -> typed(event, scene));
  }

  private void pages(Scene scene) {
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
      shortcut(scene, digit, undisturbed(() -> desk.navigator().go(page)));
    }
  }

  /// Not while a question is open.
  private Runnable undisturbed(Runnable what) {
    return () -> {
      if (!dialogs.isShown()) {
        what.run();
      }
    };
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
  private void typed(KeyEvent event, Scene scene) {
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
