package dev.backstay.ui.fx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Objects;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/// Loads a screen's FXML and gives it its controller, which was wired by hand.
public final class Fxml {

  private Fxml() {}

  /// `NamespaceController` is the controller of `Namespace.fxml` beside it.
  public static Parent load(Object controller) {
    Class<?> type = controller.getClass();
    String name = type.getSimpleName().replaceFirst("Controller$", "") + ".fxml";
    URL url = Objects.requireNonNull(type.getResource(name), name);
    FXMLLoader loader = new FXMLLoader(url, Texts.BUNDLE);
    loader.setController(controller);
    try {
      return loader.load();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
