package dev.backstay.ui.browse;

import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.DiffLine;
import java.util.ArrayList;
import java.util.List;

/// The lines of a text as far as they can be laid out.
///
/// @param notes what was cut
record Lines(List<String> lines, List<String> notes) {

  /// A line is cut there: laying out one line of megabytes would take minutes.
  static final int LONGEST = 2_000;

  /// So many are laid out.
  static final int MOST = DiffLine.MOST;

  static Lines of(String text) {
    String[] all = text.split("\r\n|\n|\r", MOST + 1);
    List<String> lines = new ArrayList<>();
    boolean cut = false;
    for (int i = 0; i < Math.min(all.length, MOST); i++) {
      String line = all[i];
      boolean tooLong = line.length() > LONGEST;
      cut |= tooLong;
      lines.add(tooLong ? line.substring(0, whole(line)) + " …" : line);
    }
    List<String> notes = new ArrayList<>();
    if (cut) {
      notes.add(Texts.of("preview.long-lines", LONGEST));
    }
    if (all.length > MOST) {
      notes.add(Texts.of("preview.many-lines", Amounts.count(MOST)));
    }
    return new Lines(lines, notes);
  }

  /// Not between the two halves of a character.
  private static int whole(String line) {
    return Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
  }
}
