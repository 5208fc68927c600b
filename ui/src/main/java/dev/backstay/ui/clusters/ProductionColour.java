package dev.backstay.ui.clusters;

import java.util.Locale;
import java.util.Optional;
import javafx.scene.paint.Color;

/// The colour that a user gave a production context.
public final class ProductionColour {

  private ProductionColour() {}

  /// @param name a CSS colour's name or `#rrggbb`; anything else is none
  public static Optional<Color> of(String name) {
    try {
      return name.isBlank() ? Optional.empty() : Optional.of(Color.web(name));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// What stands in for the theme's tokens; empty for the theme's own colour.
  public static String style(String name) {
    return of(name)
        .map(colour ->
            "-bs-production: " + css(colour) + "; -bs-on-production: " + readable(colour) + ";")
        .orElse("");
  }

  private static String css(Color colour) {
    return String.format(
        Locale.ROOT,
        "#%02x%02x%02x",
        Math.round(colour.getRed() * 255),
        Math.round(colour.getGreen() * 255),
        Math.round(colour.getBlue() * 255));
  }

  /// Black or white, whichever WCAG finds easier to read on it.
  private static String readable(Color colour) {
    double luminance =
        0.2126 * linear(colour.getRed())
            + 0.7152 * linear(colour.getGreen())
            + 0.0722 * linear(colour.getBlue());
    return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? "#ffffff" : "#000000";
  }

  private static double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
  }
}
