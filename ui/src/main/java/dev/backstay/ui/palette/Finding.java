package dev.backstay.ui.palette;

import java.util.Locale;

/// Something that can be found and gone to.
///
/// @param kind the key of its kind's word
/// @param icon its icon
/// @param text what it is called
/// @param more what tells it from others of that name
/// @param folded both in lower case, for searching
/// @param go what choosing it does
public record Finding(
    String kind, String icon, String text, String more, String folded, Runnable go) {

  public static Finding of(String kind, String icon, String text, String more, Runnable go) {
    return new Finding(kind, icon, text, more, (text + " " + more).toLowerCase(Locale.ROOT), go);
  }

  /// How well it fits, higher is better; -1 if it does not. All words must be in it; one that
  /// begins the name counts most.
  int score(String[] words) {
    int score = 0;
    for (String word : words) {
      int at = folded.indexOf(word);
      if (at < 0) {
        return -1;
      }
      boolean start = at == 0 || !Character.isLetterOrDigit(folded.charAt(at - 1));
      score += at == 0 ? 100 : start ? 50 : 10;
    }
    return score - Math.min(9, text.length() / 16);
  }
}
