package dev.backstay.ui.namespace;

import dev.backstay.ui.timeline.TimeScale;
import java.time.ZoneId;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.Pane;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// The labels above the lanes of the time axis.
final class AxisHeader extends Pane {

  private static final double WIDEST = 80;

  private final ObservableValue<@Nullable TimeScale> scale;

  AxisHeader(ObservableValue<@Nullable TimeScale> scale, ObservableValue<Number> columnWidth) {
    this.scale = scale;
    setPrefHeight(18);
    setMinHeight(18);
    scale.subscribe(_ -> draw());
    columnWidth.subscribe(width -> {
      setPrefWidth(Math.max(0, width.doubleValue() - 14));
      draw();
    });
  }

  private void draw() {
    getChildren().clear();
    TimeScale shown = scale.getValue();
    double width = getPrefWidth();
    if (shown == null || width < WIDEST) {
      return;
    }
    int most = (int) (width / WIDEST);
    for (TimeScale.Tick tick : shown.ticks(most, ZoneId.systemDefault())) {
      Text text = new Text(tick.label());
      text.getStyleClass().add("axis-tick");
      double half = text.getLayoutBounds().getWidth() / 2;
      double x = shown.at(tick.time()) * width;
      text.setX(Math.clamp(x - half, 0, Math.max(0, width - 2 * half)));
      text.setY(13);
      getChildren().add(text);
    }
  }
}
