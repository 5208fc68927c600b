package dev.backstay.ui.browse;

import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.Wrapping;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What is known of both sides, what differs in bold.
final class CompareFacts extends ScrollPane {

  CompareFacts(Compared.Facts facts) {
    setId("compare-facts");
    setFitToWidth(true);
    GridPane grid = new GridPane(16, 6);
    ColumnConstraints names = new ColumnConstraints();
    names.setMinWidth(Region.USE_PREF_SIZE);
    ColumnConstraints values = new ColumnConstraints(80, 160, Double.MAX_VALUE);
    values.setHgrow(Priority.ALWAYS);
    values.setPercentWidth(40);
    grid.getColumnConstraints().addAll(names, values, values);
    grid.addRow(
        0,
        new Label(),
        Section.text(Texts.of("compare.column.before"), "muted"),
        Section.text(Texts.of("compare.column.after"), "muted"));
    facts.facts().forEach(fact -> row(grid, fact));
    VBox box =
        new VBox(
            10, Section.text(facts.title(), "heading"), Section.text(facts.text(), "muted"), grid);
    box.setStyle("-fx-padding: 12;");
    setContent(box);
  }

  private static void row(GridPane grid, Compared.Fact fact) {
    Label name = new Label(fact.name());
    name.getStyleClass().add("muted");
    Label before = value(fact.before(), fact.differs());
    Label after = value(fact.after(), fact.differs());
    name.setLabelFor(after);
    grid.addRow(grid.getRowCount(), name, before, after);
  }

  /// What differs is marked with a sign too.
  private static Label value(String text, boolean differs) {
    Label label = new Label((differs ? "≠ " : "") + (text.isEmpty() ? "–" : text));
    Wrapping.of(label);
    label.setMinHeight(Region.USE_PREF_SIZE);
    if (differs) {
      label.getStyleClass().add("strong");
    }
    return label;
  }
}
