package dev.backstay.ui.part;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// A heading and what stands under it.
public final class Section extends VBox {

  public Section(String title, Node... content) {
    super(7);
    Label heading = new Label(title);
    heading.getStyleClass().add("heading");
    getChildren().add(heading);
    getChildren().addAll(content);
  }

  /// Text that wraps.
  public static Label text(String words, String... styleClasses) {
    Label label = new Label(words);
    Wrapping.of(label);
    label.setMinHeight(USE_PREF_SIZE);
    label.getStyleClass().addAll(styleClasses);
    return label;
  }
}
