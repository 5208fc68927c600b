package dev.backstay.cluster.manifest;

import dev.backstay.cluster.yaml.PlainScalar;

/// Strings in YAML: plain where no parser could take them for anything else, a literal block where
/// they have lines, else in double quotes. What YAML 1.1 takes for a line break (U+0085, U+2028,
/// U+2029) and what changes the direction of text is escaped.
final class YamlText {

  private static final int LONGEST_PLAIN = 1000;

  private YamlText() {}

  /// On one line.
  static void inline(String text, StringBuilder out) {
    if (plain(text)) {
      out.append(text);
    } else {
      quoted(text, out);
    }
  }

  /// As the value of a key or an item.
  ///
  /// @param indent of the lines of a block
  static void scalar(String text, int indent, StringBuilder out) {
    if (block(text)) {
      literal(text, indent, out);
    } else {
      inline(text, out);
    }
  }

  private static boolean plain(String text) {
    if (text.isEmpty() || text.length() > LONGEST_PLAIN || PlainScalar.ambiguous(text)) {
      return false;
    }
    char first = text.charAt(0);
    char last = text.charAt(text.length() - 1);
    if (!(letterOrDigit(first) || first == '_' || first == '/') || last == ' ' || last == ':') {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean colon = c == ':' && text.charAt(i + 1) != ' ';
      if (!letterOrDigit(c) && "_./@+=,;()$~^- ".indexOf(c) < 0 && !colon) {
        return false;
      }
    }
    return true;
  }

  private static boolean letterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /// Several lines that survive as they are: no leading blank, no line of blanks only, nothing to
  /// escape.
  private static boolean block(String text) {
    int newline = text.indexOf('\n');
    if (newline <= 0 || text.charAt(0) == ' ' || text.charAt(0) == '\t') {
      return false;
    }
    boolean blanksOnly = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        if (blanksOnly && i > 0 && text.charAt(i - 1) != '\n') {
          return false;
        }
        blanksOnly = true;
      } else if (c != ' ' && c != '\t') {
        blanksOnly = false;
        if (escaped(c)) {
          return false;
        }
      }
    }
    return !blanksOnly || text.charAt(text.length() - 1) == '\n';
  }

  private static void literal(String text, int indent, StringBuilder out) {
    boolean ends = text.endsWith("\n");
    out.append(!ends ? "|-" : text.endsWith("\n\n") ? "|+" : "|");
    int start = 0;
    int end = ends ? text.length() - 1 : text.length();
    while (start <= end) {
      int newline = text.indexOf('\n', start);
      int stop = newline < 0 || newline > end ? end : newline;
      out.append('\n');
      if (stop > start) {
        out.repeat(' ', indent).append(text, start, stop);
      }
      start = stop + 1;
    }
  }

  private static void quoted(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          boolean pair =
              Character.isHighSurrogate(c)
                  && i + 1 < text.length()
                  && Character.isLowSurrogate(text.charAt(i + 1));
          if (pair) {
            out.append(c).append(text.charAt(++i));
          } else if (escaped(c)) {
            out.append("\\u").append(String.format("%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean escaped(char c) {
    return c < 0x20
        || (c >= 0x7f && c < 0xa0)
        || c == 0x200e
        || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069)
        || Character.isSurrogate(c)
        || c == 0xfeff
        || c >= 0xfffe;
  }
}
