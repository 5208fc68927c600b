package dev.backstay.ui.theme;

/// How the window looks.
///
/// @param mode light, dark, or as the operating system has it
/// @param contrast whether with the strongest colours
/// @param textSize pixels of ordinary text, 11 to 22
public record Look(Mode mode, boolean contrast, int textSize) {

  public static final int SMALLEST = 11;
  public static final int LARGEST = 22;

  public static final Look DEFAULT = new Look(Mode.SYSTEM, false, 13);

  /// Which of the two themes.
  public enum Mode {
    SYSTEM,
    LIGHT,
    DARK
  }

  public Look {
    textSize = Math.clamp(textSize, SMALLEST, LARGEST);
  }

  public Look withMode(Mode other) {
    return new Look(other, contrast, textSize);
  }

  public Look withContrast(boolean strong) {
    return new Look(mode, strong, textSize);
  }

  public Look withTextSize(int size) {
    return new Look(mode, contrast, size);
  }
}
