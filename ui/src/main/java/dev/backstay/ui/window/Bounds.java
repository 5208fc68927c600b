package dev.backstay.ui.window;

import dev.backstay.ui.settings.Remembered;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// Where the window was the last time.
final class Bounds {

  private static final String KEY = "window.bounds";

  private Bounds() {}

  static void keep(Stage stage, Remembered remembered) {
    if (!stage.isMaximized() && !stage.isIconified()) {
      remembered.put(
          KEY,
          List.of(
              text(stage.getX()),
              text(stage.getY()),
              text(stage.getWidth()),
              text(stage.getHeight())));
    }
    remembered.put("window.maximized", Boolean.toString(stage.isMaximized()));
  }

  private static String text(double value) {
    return Long.toString(Math.round(value));
  }

  /// Only onto a screen that is there.
  static void restore(Stage stage, Remembered remembered) {
    try {
      List<Double> values = remembered.list(KEY).stream().map(Double::valueOf).toList();
      if (values.size() == 4 && visible(values)) {
        stage.setX(values.get(0));
        stage.setY(values.get(1));
        stage.setWidth(values.get(2));
        stage.setHeight(values.get(3));
      }
    } catch (NumberFormatException _) {
      return; // somebody edited the file
    }
    stage.setMaximized(remembered.get("window.maximized", "false").equals("true"));
  }

  private static boolean visible(List<Double> values) {
    Rectangle2D bounds =
        new Rectangle2D(
            values.get(0), values.get(1), Math.max(1, values.get(2)), Math.max(1, values.get(3)));
    return Screen.getScreens().stream().anyMatch(s -> s.getVisualBounds().contains(bounds));
  }
}
