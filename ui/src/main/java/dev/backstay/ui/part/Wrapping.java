package dev.backstay.ui.part;

import java.text.Bidi;
import javafx.scene.control.Labeled;

/// Lets words go on in the next line.
///
/// JavaFX 26 cannot break right-to-left text: `PrismTextLayout.computeTrailingSpaceWidth` throws,
/// again with each pulse. Such text, a file's name for instance, stays one line and is cut.
public final class Wrapping {

  private Wrapping() {}

  /// The words of a label, now and whenever they change.
  public static void of(Labeled label) {
    label.wrapTextProperty().bind(label.textProperty().map(Wrapping::canBreak).orElse(true));
  }

  private static boolean canBreak(String text) {
    return !Bidi.requiresBidi(text.toCharArray(), 0, text.length());
  }
}
