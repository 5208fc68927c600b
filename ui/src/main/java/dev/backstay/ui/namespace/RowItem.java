package dev.backstay.ui.namespace;

import javafx.collections.ObservableList;
import javafx.scene.control.TreeItem;

/// A line of the tree; what stands below it is made when it is first looked at.
final class RowItem extends TreeItem<Row> {

  private boolean filled;

  RowItem(Row row) {
    super(row);
  }

  @Override
  public boolean isLeaf() {
    return switch (getValue()) {
      case Row.Whole whole -> whole.points().isEmpty();
      case Row.Volume volume -> volume.marks().isEmpty();
      case Row.Homeless _ -> false;
      case Row.Point _, Row.Snapshot _ -> true;
    };
  }

  @Override
  public ObservableList<TreeItem<Row>> getChildren() {
    if (!filled) {
      filled = true;
      super.getChildren().setAll(Rows.below(getValue()).stream().map(RowItem::new).toList());
    }
    return super.getChildren();
  }
}
