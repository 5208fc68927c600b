package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.items;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.tick;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.RestorePoint;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.ui.settings.LookStore;
import dev.backstay.ui.settings.Remembered;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.theme.Look;
import dev.backstay.ui.theme.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.control.RadioButton;
import javafx.scene.control.Slider;
import javafx.scene.input.Clipboard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each control of Settings does what it says, at once, and still does after the next start.
final class SettingsTest {

  @TempDir Path folder;

  private static Look look(WindowRun run) {
    return Toolkit.on(() -> run.window().theme().look());
  }

  /// Kept by a thread of its own: soon.
  private static void kept(String what, java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertTrue(condition.getAsBoolean(), what);
  }

  private Remembered kept() {
    return Remembered.in(folder.resolve("state"));
  }

  @Test
  void theLook() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      go(run, new Place.Settings());
      for (Look.Mode mode : Look.Mode.values()) {
        RadioButton button =
            (RadioButton) run.node("theme-" + mode.name().toLowerCase(java.util.Locale.ROOT));
        Toolkit.run(button::fire);
        assertEquals(mode, look(run).mode());
        kept("it is kept", () -> LookStore.get(kept()).mode() == mode);
      }
      run.press("theme-light");
      run.press("theme-contrast");
      assertTrue(look(run).contrast());
      assertEquals(
          Theme.sheets(false, true),
          Toolkit.on(() -> java.util.List.copyOf(run.stage().getScene().getStylesheets())));
      Slider size = (Slider) run.node("text-size");
      Toolkit.run(() -> size.setValue(Look.LARGEST));
      assertEquals(Look.LARGEST, look(run).textSize());
      run.press("safe-graphics");
      kept("it is kept", () -> kept().get(LookStore.SAFE, "").equals("true"));
      tick(run, "safe-graphics", true);
      run.press("safe-graphics");
      kept("it is taken back", () -> kept().get(LookStore.SAFE, "").equals("false"));
      assertEquals(new Look(Look.Mode.LIGHT, true, Look.LARGEST), LookStore.get(kept()));
    }
  }

  @Test
  void theCopiedDiagnosticsHoldNoSecret() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      go(run, new Place.About());
      run.press("copy-diagnostics");
      run.until("it is copied", () -> run.shows("copy-diagnostics", "Copied"));
      String text = Toolkit.on(() -> Clipboard.getSystemClipboard().getString());
      assertTrue(text.contains("0.1.0-TEST") && text.contains("a line of the log"), text);
      assertFalse(text.contains(TestSurroundings.SECRET), text);
      assertTrue(run.says("#content", "Catalog and journals"), "folders by their names");
    }
  }

  /// High contrast, large text, and a large screen: looked at.
  @Test
  void otherLooks() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      Look look = Look.DEFAULT.withMode(Look.Mode.LIGHT);
      for (Look each :
          new Look[] {
            look.withContrast(true),
            look.withContrast(true).withMode(Look.Mode.DARK),
            look.withTextSize(Look.LARGEST)
          }) {
        String name = (each.contrast() ? "contrast-" : "large-") + each.mode();
        Toolkit.run(() -> run.window().theme().change(each));
        screens(run, point, name.toLowerCase(java.util.Locale.ROOT));
      }
      Toolkit.run(() -> run.window().theme().change(look));
      screens(run, point, "1920x1080");
    }
  }

  private static void screens(WindowRun run, RestorePoint point, String name) {
    Toolkit.run(() -> run.window().open("sandbox", "shop"));
    run.until("the namespace is shown", () -> run.shows("namespace-summary", "2 PVCs"));
    shot(run, "namespace-" + name);
    go(run, new Place.Browse(point, "/volumes/uploads/" + DemoShop.A_FILE));
    run.until("files are listed", () -> items(run, "browse-table") > 0);
    run.until("its text is shown", () -> run.has("preview-text"));
    shot(run, "browse-" + name);
    go(run, new Place.Settings());
    shot(run, "settings-" + name);
    go(run, new Place.Overview());
    shot(run, "overview-" + name);
  }

  private static void shot(WindowRun run, String name) {
    if (name.endsWith("1920x1080")) {
      run.shot(name, 1920, 1080);
    } else {
      run.shot(name);
    }
  }

  /// A file that another program wrote, chosen once, is there after the next start.
  @Test
  void aKubeconfigIsAdded() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      go(run, new Place.Settings());
      assertTrue(run.has("add-kubeconfig"));
      Path other = Files.copy(run.kubeconfig(), folder.resolve("other"));
      Toolkit.run(() -> run.window().grant(new WindowWish("", "", other.toString(), "")));
      run.until("both are there", () -> run.window().desk().clusters().all().size() == 2);
      go(run, new Place.Overview());
      go(run, new Place.Settings());
      run.until("it is listed", () -> run.says("#content", other.toString()));
      run.shots("settings-kubeconfig");
      run.press("remove-kubeconfig");
      run.until("it is gone", () -> run.window().desk().clusters().all().size() == 1);
    }
  }
}
