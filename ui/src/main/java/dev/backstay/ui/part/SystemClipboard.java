package dev.backstay.ui.part;

import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// The clipboard of this computer. For the FX thread.
public final class SystemClipboard {

  private SystemClipboard() {}

  public static void put(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }
}
