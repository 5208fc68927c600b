package dev.backstay.workflow.restore;

import java.util.ArrayList;
import java.util.List;

/// Lists in one line of text, `a,b`; a comma or a backslash of an entry has a backslash before it.
final class CommaList {

  private CommaList() {}

  static String join(List<String> entries) {
    return String.join(
        ",", entries.stream().map(e -> e.replace("\\", "\\\\").replace(",", "\\,")).toList());
  }

  static List<String> split(String text) {
    List<String> entries = new ArrayList<>();
    StringBuilder entry = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        entry.append(text.charAt(++i));
      } else if (c == ',') {
        entries.add(entry.toString());
        entry.setLength(0);
      } else {
        entry.append(c);
      }
    }
    entries.add(entry.toString());
    return entries.stream().filter(e -> !e.isEmpty()).toList();
  }
}
