package dev.backstay.ui.fx;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The window's texts: one bundle, keys `screen.part.element`. `texts.properties` is English and
/// stands in for every text that a translation (`texts_de.properties`) lacks.
public final class Texts {

  /// The bundle, for FXML.
  public static final ResourceBundle BUNDLE = bundle(Locale.getDefault(Locale.Category.DISPLAY));

  /// Of the texts, so that numbers and dates in them are of the same language.
  public static final Locale LOCALE =
      BUNDLE.getLocale().equals(Locale.ROOT) ? Locale.ENGLISH : BUNDLE.getLocale();

  private Texts() {}

  /// The texts of a language. The machine's own language does not stand in for another one.
  static ResourceBundle bundle(Locale locale) {
    return ResourceBundle.getBundle(
        "dev.backstay.ui.texts",
        locale,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /// @param arguments for `{0}`, `{1}`, …; numbers are written plainly
  public static String of(String key, Object... arguments) {
    String pattern = BUNDLE.getString(key);
    return arguments.length == 0
        ? pattern.replace("''", "'")
        : new MessageFormat(pattern, LOCALE).format(plain(arguments));
  }

  /// `one` for 1, else `many` with the number.
  public static String count(String key, long number) {
    return number == 1 ? of(key + ".one") : of(key + ".many", Amounts.count(number));
  }

  private static Object[] plain(Object[] arguments) {
    Object[] plain = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      plain[i] = arguments[i] instanceof Number number ? number.toString() : arguments[i];
    }
    return plain;
  }
}
