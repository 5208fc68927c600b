package dev.backstay.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;

/// Dresses scenes, and dresses them anew when the look or the operating system's scheme changes.
/// For the FX thread.
public final class Theme {

  private final List<Scene> scenes = new CopyOnWriteArrayList<>();
  private Look look;

  public Theme(Look look) {
    this.look = look;
    Platform.getPreferences().colorSchemeProperty().addListener((_, _, _) -> dress());
    dress();
  }

  public Look look() {
    return look;
  }

  public void change(Look other) {
    look = other;
    dress();
  }

  /// From now on, this scene follows the look.
  public void follow(Scene scene) {
    scenes.add(scene);
    dress(scene);
  }

  public void leave(Scene scene) {
    scenes.remove(scene);
  }

  public boolean dark() {
    return switch (look.mode()) {
      case LIGHT -> false;
      case DARK -> true;
      case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
    };
  }

  private void dress() {
    Application.setUserAgentStylesheet(
        dark()
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
    scenes.forEach(this::dress);
  }

  private void dress(Scene scene) {
    scene.getStylesheets().setAll(sheets(dark(), look.contrast()));
    scene.getRoot().setStyle("-fx-font-size: " + look.textSize() + "px;");
  }

  /// The style sheets of a look, as URLs.
  public static List<String> sheets(boolean dark, boolean contrast) {
    String tokens = "tokens-" + (contrast ? "contrast-" : "") + (dark ? "dark" : "light") + ".css";
    return List.of(url(tokens), url("bridge.css"), url("window.css"));
  }

  private static String url(String name) {
    return Objects.requireNonNull(Theme.class.getResource(name), name).toExternalForm();
  }
}
