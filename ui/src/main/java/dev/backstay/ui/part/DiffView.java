package dev.backstay.ui.part;

import dev.backstay.ui.fx.Texts;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// Two texts side by side, line by line. Only the lines in view are laid out.
public final class DiffView extends ListView<DiffLine> {

  public DiffView() {
    setId("diff");
    setStyle("-fx-fixed-cell-size: 1.7em;");
    setCellFactory(_ -> new LineCell());
  }

  private static final class LineCell extends ListCell<DiffLine> {
    private final Label left = new Label();
    private final Label right = new Label();
    private final HBox box = new HBox(left, right);

    LineCell() {
      for (Label label : List.of(left, right)) {
        label.getStyleClass().add("diff-line");
        label.setMaxWidth(Double.MAX_VALUE);
        label.setMinWidth(0);
        label.prefWidthProperty().bind(widthProperty().subtract(20).divide(2));
      }
      setStyle("-fx-padding: 0 4 0 4;");
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable DiffLine line, boolean empty) {
      super.updateItem(line, empty);
      setGraphic(empty || line == null ? null : box);
      setText(null);
      left.getStyleClass().remove("diff-removed");
      right.getStyleClass().remove("diff-added");
      if (line != null && !empty) {
        boolean fold = line.folded() > 0;
        left.setText(
            fold
                ? Texts.count("diff.folded", line.folded())
                : text(line.left(), line.changed(), "−"));
        right.setText(text(line.right(), line.changed(), "+"));
        left.setDisable(fold);
        if (line.changed() && line.left() != null) {
          left.getStyleClass().add("diff-removed");
        }
        if (line.changed() && line.right() != null) {
          right.getStyleClass().add("diff-added");
        }
      }
    }

    /// The sign says it too, not the colour alone.
    private static String text(@Nullable String line, boolean changed, String sign) {
      return line == null ? "" : (changed ? sign + " " : "  ") + line;
    }
  }
}
