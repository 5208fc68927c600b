package dev.backstay.ui.settings;

import dev.backstay.ui.theme.Look;

/// Keeps a look between starts.
public final class LookStore {

  /// Whether the next start draws without the graphics card.
  public static final String SAFE = "graphics.safe";

  /// Whether a window is open, or ended without having been closed.
  public static final String OPEN = "window.open";

  private LookStore() {}

  public static Look get(Remembered remembered) {
    try {
      return new Look(
          Look.Mode.valueOf(remembered.get("look.mode", Look.DEFAULT.mode().name())),
          Boolean.parseBoolean(remembered.get("look.contrast", "false")),
          Integer.parseInt(
              remembered.get("look.text-size", Integer.toString(Look.DEFAULT.textSize()))));
    } catch (IllegalArgumentException _) {
      return Look.DEFAULT; // somebody edited the file
    }
  }

  public static void put(Remembered remembered, Look look) {
    remembered.put("look.mode", look.mode().name());
    remembered.put("look.contrast", Boolean.toString(look.contrast()));
    remembered.put("look.text-size", Integer.toString(look.textSize()));
  }
}
