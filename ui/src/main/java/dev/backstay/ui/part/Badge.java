package dev.backstay.ui.part;

import javafx.scene.control.Label;

/// A word on a coloured ground. The word says it all: colour is never the only sign.
public final class Badge extends Label {

  /// What the colour means.
  public enum Tone {
    PLAIN(""),
    OK("ok-badge"),
    WARN("warn-badge"),
    BAD("bad-badge"),
    INFO("info-badge");

    private final String styleClass;

    Tone(String styleClass) {
      this.styleClass = styleClass;
    }
  }

  public Badge(String text, Tone tone) {
    super(text);
    getStyleClass().add("badge");
    if (!tone.styleClass.isEmpty()) {
      getStyleClass().add(tone.styleClass);
    }
    setMinWidth(USE_PREF_SIZE);
  }
}
