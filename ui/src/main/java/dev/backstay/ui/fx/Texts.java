package dev.backstay.ui.fx;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The window's texts: one bundle, keys `screen.part.element`.
public final class Texts {

  /// The bundle, for FXML.
  public static final ResourceBundle BUNDLE =
      ResourceBundle.getBundle("dev.backstay.ui.texts", Locale.ENGLISH);

  private Texts() {}

  /// @param arguments for `{0}`, `{1}`, …; numbers are written plainly
  public static String of(String key, Object... arguments) {
    String pattern = BUNDLE.getString(key);
    return arguments.length == 0
        ? pattern.replace("''", "'")
        : new MessageFormat(pattern, Locale.ENGLISH).format(plain(arguments));
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
