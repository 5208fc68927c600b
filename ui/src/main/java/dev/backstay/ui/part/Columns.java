package dev.backstay.ui.part;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableDoubleValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeTableView;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// Table columns whose cells are made of the whole row.
public final class Columns {

  /// The text size that the widths in the FXML files are made for, in pixels.
  private static final double PLAIN_TEXT = 13;

  /// The height of a row, in text sizes: `-fx-fixed-cell-size` of `window.css`.
  private static final double ROW = 2.5;

  /// What of its width a column keeps when the table is narrow.
  private static final double LEAST = 0.72;

  private Columns() {}

  /// The columns fill the table, the last one takes what is left. With larger text they are wider,
  /// and scrolled where they find no room.
  public static void fill(TableView<?> table) {
    scale(table.fixedCellSizeProperty(), table.getColumns());
    watchRoom(
        table,
        table.fixedCellSizeProperty(),
        table.getColumns(),
        room ->
            table.setColumnResizePolicy(
                room
                    ? TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN
                    : TableView.UNCONSTRAINED_RESIZE_POLICY));
  }

  public static void fill(TreeTableView<?> table) {
    scale(table.fixedCellSizeProperty(), table.getColumns());
    watchRoom(
        table,
        table.fixedCellSizeProperty(),
        table.getColumns(),
        room ->
            table.setColumnResizePolicy(
                room
                    ? TreeTableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN
                    : TreeTableView.UNCONSTRAINED_RESIZE_POLICY));
  }

  /// A table whose columns are held to its width has no bar to scroll by, room or not.
  private static void watchRoom(
      Region table,
      ObservableDoubleValue rowHeight,
      List<? extends TableColumnBase<?, ?>> columns,
      Consumer<Boolean> policy) {
    BooleanProperty room = new SimpleBooleanProperty(true);
    Runnable measure =
        () -> {
          double least =
              columns.stream()
                  .filter(TableColumnBase::isVisible)
                  .mapToDouble(TableColumnBase::getMinWidth)
                  .sum();
          room.set(table.getWidth() <= 0 || least <= table.getWidth());
        };
    table.widthProperty().subscribe(measure);
    rowHeight.subscribe(measure);
    room.subscribe(policy);
  }

  /// The height of rows follows the text size by style sheet; columns have no style of their own.
  private static <C extends TableColumnBase<?, ?>> void scale(
      ObservableDoubleValue rowHeight, ObservableList<C> columns) {
    columns.forEach(column -> scale(rowHeight, column));
    columns.addListener(
        (ListChangeListener<C>)
            change -> {
              while (change.next()) {
                change.getAddedSubList().forEach(column -> scale(rowHeight, column));
              }
            });
  }

  private static void scale(ObservableDoubleValue rowHeight, TableColumnBase<?, ?> column) {
    if (column.getMaxWidth() <= column.getPrefWidth()
        || column.getProperties().putIfAbsent(Columns.class, true) != null) {
      return; // of one width, or moved to another place
    }
    double width = column.getPrefWidth();
    double least = column.getMinWidth();
    rowHeight.subscribe(height -> {
      double scale = Math.max(1, height.doubleValue() / (ROW * PLAIN_TEXT));
      column.setMinWidth(Math.max(least, width * scale * LEAST));
      column.setPrefWidth(width * scale);
    });
  }

  /// A further column of a table that no FXML describes.
  public static <R> TableColumn<R, R> add(TableView<R> table, String title, double width) {
    TableColumn<R, R> column = new TableColumn<>(title);
    column.setPrefWidth(width);
    table.getColumns().add(column);
    return column;
  }

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
