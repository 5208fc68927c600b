package dev.backstay.ui.snapshot;

import dev.backstay.ui.fx.Texts;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Names at the left, controls at the right.
final class Form extends GridPane {

  Form() {
    setHgap(12);
    setVgap(8);
    ColumnConstraints names = new ColumnConstraints(190);
    ColumnConstraints values = new ColumnConstraints();
    values.setHgrow(Priority.ALWAYS);
    getColumnConstraints().addAll(names, values);
  }

  Form line(String key, Region control) {
    Label label = new Label(Texts.of(key));
    label.setLabelFor(control);
    control.setMaxWidth(Double.MAX_VALUE);
    addRow(getRowCount(), label, control);
    return this;
  }

  /// Hidden until it is asked for: what few need.
  Node folded() {
    Hyperlink more = new Hyperlink(Texts.of("snapshot.choice.more"));
    more.setId("snapshot-more");
    setVisible(false);
    setManaged(false);
    more.setOnAction(_ -> {
      setVisible(!isVisible());
      setManaged(isVisible());
    });
    return new VBox(6, more, this);
  }
}
