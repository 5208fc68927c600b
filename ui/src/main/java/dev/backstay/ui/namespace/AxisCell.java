package dev.backstay.ui.namespace;

import dev.backstay.ui.timeline.Lane;
import dev.backstay.ui.timeline.Mark;
import dev.backstay.ui.timeline.TimeScale;
import java.util.function.BiConsumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.TreeTableCell;
import org.jspecify.annotations.Nullable;

/// A row's lane of the time axis.
final class AxisCell extends TreeTableCell<Row, Row> {

  private final Lane lane = new Lane(false);
  private final ObservableValue<@Nullable TimeScale> scale;

  AxisCell(ObservableValue<@Nullable TimeScale> scale, BiConsumer<Row, Mark> onChoose) {
    this.scale = scale;
    lane.setOnChoose(mark -> {
      Row row = getItem();
      if (row != null) {
        onChoose.accept(row, mark);
      }
    });
    scale.subscribe(_ -> draw());
    lane.prefWidthProperty().bind(widthProperty().subtract(12));
  }

  @Override
  protected void updateItem(@Nullable Row row, boolean empty) {
    super.updateItem(row, empty);
    setGraphic(empty || row == null ? null : lane);
    draw();
  }

  private void draw() {
    Row row = getItem();
    if (row != null && !isEmpty()) {
      lane.show(scale.getValue(), row.marks());
    }
  }
}
