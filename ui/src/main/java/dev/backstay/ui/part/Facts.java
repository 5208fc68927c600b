package dev.backstay.ui.part;

import dev.backstay.ui.fx.Texts;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// Names and values, one pair a line. Empty values are left out.
public final class Facts extends GridPane {

  public Facts() {
    setHgap(16);
    setVgap(5);
    ColumnConstraints names = new ColumnConstraints();
    names.setMinWidth(Region.USE_PREF_SIZE);
    ColumnConstraints values = new ColumnConstraints();
    values.setHgrow(Priority.ALWAYS);
    getColumnConstraints().addAll(names, values);
  }

  /// @param key of the name's text
  public Facts add(String key, String value) {
    return plain(Texts.of(key), value);
  }

  public Facts plain(String name, String value) {
    if (!value.isEmpty() && !value.equals("–")) {
      Label left = new Label(name);
      left.getStyleClass().add("muted");
      Label right = new Label(value);
      Wrapping.of(right);
      right.setMinHeight(Region.USE_PREF_SIZE);
      left.setLabelFor(right);
      addRow(getRowCount(), left, right);
    }
    return this;
  }
}
