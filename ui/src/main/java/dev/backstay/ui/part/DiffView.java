package dev.backstay.ui.part;

import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;
import com.github.difflib.text.DiffRow;
import com.github.difflib.text.DiffRowGenerator;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// Two texts side by side, line by line. Only the lines in view are laid out.
public final class DiffView extends ListView<DiffView.Line> {

  /// Beyond that, comparing line by line would take too long.
  public static final int MOST_LINES = 20_000;

  private static final int CONTEXT = 4;

  /// A line of both; empty texts where only one side has it.
  ///
  /// @param changed whether they differ
  /// @param folded how many equal lines it stands for, 0 for a line of its own
  public record Line(String left, String right, boolean changed, int folded) {}

  public DiffView() {
    setId("diff");
    setCellFactory(_ -> new LineCell());
  }

  /// Makes the rows of two texts; may take a moment.
  ///
  /// @param all whether equal lines far from any change are kept
  public static List<Line> lines(List<String> left, List<String> right, boolean all) {
    DiffRowGenerator generator =
        DiffRowGenerator.create().showInlineDiffs(false).lineNormalizer(line -> line).build();
    Patch<String> patch =
        Patch.generate(
            left, right, new MyersDiffWithLinearSpace<String>().computeDiff(left, right, null));
    List<DiffRow> rows = generator.generateDiffRows(left, patch);
    List<Line> lines = new ArrayList<>();
    for (DiffRow row : rows) {
      boolean changed = row.getTag() != DiffRow.Tag.EQUAL;
      lines.add(new Line(row.getOldLine(), row.getNewLine(), changed, 0));
    }
    return all ? lines : folded(lines);
  }

  private static List<Line> folded(List<Line> lines) {
    List<Line> kept = new ArrayList<>();
    int skipped = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (near(lines, i)) {
        if (skipped > 0) {
          kept.add(new Line("", "", false, skipped));
          skipped = 0;
        }
        kept.add(lines.get(i));
      } else {
        skipped++;
      }
    }
    if (skipped > 0) {
      kept.add(new Line("", "", false, skipped));
    }
    return kept;
  }

  private static boolean near(List<Line> lines, int at) {
    for (int i = Math.max(0, at - CONTEXT); i <= Math.min(lines.size() - 1, at + CONTEXT); i++) {
      if (lines.get(i).changed()) {
        return true;
      }
    }
    return false;
  }

  private static final class LineCell extends ListCell<Line> {
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
    protected void updateItem(@Nullable Line line, boolean empty) {
      super.updateItem(line, empty);
      setGraphic(empty || line == null ? null : box);
      setText(null);
      left.getStyleClass().remove("diff-removed");
      right.getStyleClass().remove("diff-added");
      if (line != null && !empty) {
        boolean fold = line.folded() > 0;
        left.setText(fold ? "      ⋯  " + line.folded() : text(line.left(), line.changed(), "−"));
        right.setText(fold ? "" : text(line.right(), line.changed(), "+"));
        left.setDisable(fold);
        if (line.changed() && !line.left().isEmpty()) {
          left.getStyleClass().add("diff-removed");
        }
        if (line.changed() && !line.right().isEmpty()) {
          right.getStyleClass().add("diff-added");
        }
      }
    }

    /// The sign says it too, not the colour alone.
    private static String text(String line, boolean changed, String sign) {
      return (changed && !line.isEmpty() ? sign + " " : "  ") + line;
    }
  }
}
