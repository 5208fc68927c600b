package dev.backstay.ui.clusters;

import dev.backstay.ui.fx.Texts;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/// Names a context. One that is marked production is named so, on its colour; the word says it all,
/// colour is never the only sign.
public final class ContextLabel extends Label {

  public ContextLabel() {
    setMinWidth(0);
    setManaged(false);
  }

  public ContextLabel(Production production, String context) {
    this();
    show(production, context);
  }

  /// @param context its name, empty for none
  public void show(Production production, String context) {
    boolean marked = production.mark(context).production();
    setManaged(!context.isEmpty());
    setVisible(!context.isEmpty());
    setText(marked ? Texts.of("production.context", context) : context);
    setTooltip(new Tooltip(getText()));
    getStyleClass().setAll("label", marked ? "production-badge" : "muted");
    setStyle(marked ? ProductionColour.style(production.mark(context).colour()) : "");
  }
}
