package dev.backstay.ui.browse;

import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Notice;
import dev.backstay.workflow.browse.Difference;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableRow;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What differs below a folder, as a tree with the sums of each folder. A double click or Enter
/// opens a file's difference.
final class ChangeTable extends VBox {

  /// Up to so many lines are unfolded to begin with.
  private static final int UNFOLDED = 200;

  private final TreeTableView<ChangeNode> tree = new TreeTableView<>();
  private final Consumer<String> open;

  /// @param open is given the path of the line that is opened
  ChangeTable(Consumer<String> open) {
    super(6);
    this.open = open;
    tree.setId("differences");
    tree.setAccessibleText(Texts.of("browse.tab.compare"));
    tree.setShowRoot(false);
    tree.setColumnResizePolicy(TreeTableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
    column("compare.column.path", 230, ChangeTable::name);
    column("compare.column.kind", 122, ChangeTable::kind);
    amount("compare.column.before", ChangeNode::before);
    amount("compare.column.after", ChangeNode::after);
    tree.setRowFactory(_ -> row());
    tree.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    VBox.setVgrow(tree, Priority.ALWAYS);
  }

  private TreeTableRow<ChangeNode> row() {
    TreeTableRow<ChangeNode> row = new TreeTableRow<>();
    row.setOnMouseClicked(event -> {
      if (event.getClickCount() == 2 && !row.isEmpty()) {
        opened(row.getTreeItem());
      }
    });
    return row;
  }

  private void pressed(KeyEvent event) {
    TreeItem<ChangeNode> item = tree.getSelectionModel().getSelectedItem();
    if (event.getCode() == KeyCode.ENTER && item != null) {
      if (!item.getValue().leaf()) {
        item.setExpanded(!item.isExpanded());
      }
      opened(item);
      event.consume();
    }
  }

  private void opened(TreeItem<ChangeNode> item) {
    ChangeNode node = item.getValue();
    if (node.leaf()) {
      open.accept(node.path());
    }
  }

  private TreeTableColumn<ChangeNode, ChangeNode> column(
      String key, double width, Function<ChangeNode, Node> cell) {
    TreeTableColumn<ChangeNode, ChangeNode> column = new TreeTableColumn<>(Texts.of(key));
    column.setPrefWidth(width);
    column.setSortable(false);
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue().getValue()));
    column.setCellFactory(_ -> new NodeCell(cell));
    tree.getColumns().add(column);
    return column;
  }

  private void amount(String key, Function<ChangeNode, Long> amount) {
    TreeTableColumn<ChangeNode, ChangeNode> column =
        column(key, 82, node -> new Label(Amounts.bytes(amount.apply(node))));
    column.getStyleClass().add("amount");
  }

  private static final class NodeCell extends TreeTableCell<ChangeNode, ChangeNode> {
    private final Function<ChangeNode, Node> cell;

    NodeCell(Function<ChangeNode, Node> cell) {
      this.cell = cell;
    }

    @Override
    protected void updateItem(@Nullable ChangeNode node, boolean empty) {
      super.updateItem(node, empty);
      setGraphic(empty || node == null ? null : cell.apply(node));
    }
  }

  private static Node name(ChangeNode node) {
    String icon = node.leaf() ? "mdi2f-file-outline" : "mdi2f-folder-outline";
    Label label = new Label(node.name(), Icons.of(icon));
    label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
    label.setMinWidth(0);
    label.setTooltip(new Tooltip(node.path()));
    return label;
  }

  private static Node kind(ChangeNode node) {
    Changed own = node.own();
    if (own == null) {
      Label count = new Label(Texts.count("compare.paths", node.changes()));
      count.getStyleClass().add("muted");
      return count;
    }
    return new Badge(ChangeCounts.word(own.kind()), tone(own.kind()));
  }

  private static Badge.Tone tone(Difference.Kind kind) {
    return switch (kind) {
      case ADDED -> Badge.Tone.OK;
      case REMOVED -> Badge.Tone.BAD;
      case CHANGED -> Badge.Tone.WARN;
      case METADATA_ONLY -> Badge.Tone.PLAIN;
    };
  }

  /// @param folder what was compared
  void show(String folder, Compared.Changes found) {
    boolean all = found.changes().size() <= UNFOLDED;
    TreeItem<ChangeNode> root = item(ChangeNode.of(folder, found.changes()), all);
    root.setExpanded(true);
    tree.setRoot(root);
    tree.setShowRoot(root.getValue().own() != null); // the folder itself is another too
    getChildren().setAll(Notice.folded(found.failures()).getChildren());
    getChildren().add(tree);
    tree.getSelectionModel().selectFirst();
  }

  private static TreeItem<ChangeNode> item(ChangeNode node, boolean expanded) {
    TreeItem<ChangeNode> item = new TreeItem<>(node);
    item.setExpanded(expanded);
    node.children().forEach(child -> item.getChildren().add(item(child, expanded)));
    return item;
  }

  @Override
  public void requestFocus() {
    tree.requestFocus();
  }
}
