package dev.backstay.ui.part;

import java.util.Comparator;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// Table columns whose cells are made of the whole row.
public final class Columns {

  private Columns() {}

  /// Text; its tooltip is the same, for what is cut off.
  public static <R> void text(TableColumn<R, R> column, Function<R, String> text) {
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    column.setComparator(Comparator.comparing(text, String.CASE_INSENSITIVE_ORDER));
    column.setCellFactory(_ ->
        new TableCell<>() {
          @Override
          protected void updateItem(@Nullable R row, boolean empty) {
            super.updateItem(row, empty);
            String words = empty || row == null ? null : text.apply(row);
            setText(words);
            setTooltip(words == null || words.length() < 12 ? null : new Tooltip(words));
          }
        });
  }

  /// Text at the right, sorted by something else.
  public static <R, C extends Comparable<? super C>> void amount(
      TableColumn<R, R> column, Function<R, String> text, Function<R, C> order) {
    text(column, text);
    column.getStyleClass().add("amount");
    column.setComparator(Comparator.comparing(order));
  }

  /// Text, sorted by something else.
  public static <R, C extends Comparable<? super C>> void text(
      TableColumn<R, R> column, Function<R, String> text, Function<R, C> order) {
    text(column, text);
    column.setComparator(Comparator.comparing(order));
  }

  /// A node for each row.
  public static <R> void node(
      TableColumn<R, R> column, Function<R, ? extends @Nullable Node> node) {
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue()));
    column.setCellFactory(_ ->
        new TableCell<>() {
          @Override
          protected void updateItem(@Nullable R row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : node.apply(row));
          }
        });
  }
}
