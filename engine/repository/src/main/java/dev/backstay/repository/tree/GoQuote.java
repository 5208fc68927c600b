package dev.backstay.repository.tree;

import dev.backstay.repository.json.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Names as restic keeps them: Go's `strconv.Quote` without the outer quotes.
///
/// What is printable follows Unicode 15, as Go 1.26 does. JDK 25 knows Unicode 16, so the
/// difference is listed here; a test compares the whole table.
final class GoQuote {

  /// Pairs of first and last: printable for the JDK and not for Go.
  private static final int[] NEWER = {
    0x897, 0x897, 0x1b4e, 0x1b4f, 0x1b7f, 0x1b7f, 0x1c89, 0x1c8a, 0x2427, 0x2429, 0x2ffc, 0x2fff,
    0x31e4, 0x31e5, 0x31ef, 0x31ef, 0xa7cb, 0xa7cd, 0xa7da, 0xa7dc, 0x105c0, 0x105f3, 0x10d40,
    0x10d65, 0x10d69, 0x10d85, 0x10d8e, 0x10d8f, 0x10ec2, 0x10ec4, 0x10efc, 0x10efc, 0x11380,
    0x11389, 0x1138b, 0x1138b, 0x1138e, 0x1138e, 0x11390, 0x113b5, 0x113b7, 0x113c0, 0x113c2,
    0x113c2, 0x113c5, 0x113c5, 0x113c7, 0x113ca, 0x113cc, 0x113d5, 0x113d7, 0x113d8, 0x113e1,
    0x113e2, 0x116d0, 0x116e3, 0x11bc0, 0x11be1, 0x11bf0, 0x11bf9, 0x11f5a, 0x11f5a, 0x13460,
    0x143fa, 0x16100, 0x16139, 0x16d40, 0x16d79, 0x18cff, 0x18cff, 0x1cc00, 0x1ccf9, 0x1cd00,
    0x1ceb3, 0x1e5d0, 0x1e5fa, 0x1e5ff, 0x1e5ff, 0x1f8b2, 0x1f8bb, 0x1f8c0, 0x1f8c1, 0x1fa89,
    0x1fa89, 0x1fa8f, 0x1fa8f, 0x1fabe, 0x1fabe, 0x1fac6, 0x1fac6, 0x1fadc, 0x1fadc, 0x1fadf,
    0x1fadf, 0x1fae9, 0x1fae9, 0x1fbcb, 0x1fbef, 0x2ebf0, 0x2ee5d
  };

  private static final HexFormat HEX = HexFormat.of();

  private GoQuote() {}

  /// Quotes raw bytes; the result is valid UTF-8.
  static byte[] quote(byte[] name) {
    if (plain(name)) {
      return name;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(name.length + 16);
    for (int i = 0; i < name.length; ) {
      int length = Utf8.length(name, i);
      if (length == 0) {
        text(out, "\\x" + HEX.toHexDigits(name[i]));
        i++;
      } else {
        int point = Utf8.point(name, i, length);
        if (point == '"' || point == '\\') {
          out.write('\\');
          out.write(point);
        } else if (printable(point)) {
          out.write(name, i, length);
        } else {
          text(out, escape(point));
        }
        i += length;
      }
    }
    return out.toByteArray();
  }

  private static boolean plain(byte[] name) {
    for (byte b : name) {
      if (b < 0x20 || b == 0x7f || b == '"' || b == '\\') {
        return false;
      }
    }
    return true;
  }

  private static String escape(int point) {
    return switch (point) {
      case 0x07 -> "\\a";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case 0x0b -> "\\v";
      default -> {
        if (point < ' ' || point == 0x7f) {
          yield "\\x" + HEX.toHexDigits((byte) point);
        }
        yield point < 0x10000
            ? "\\u" + HEX.toHexDigits((short) point)
            : "\\U" + HEX.toHexDigits(point);
      }
    };
  }

  /// As Go's `strconv.IsPrint`.
  static boolean printable(int point) {
    if (point < 0x7f) {
      return point >= ' ';
    }
    boolean printable =
        switch ((byte) Character.getType(point)) {
          case Character.UNASSIGNED,
              Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.SPACE_SEPARATOR,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
    return printable && !newer(point);
  }

  private static boolean newer(int point) {
    for (int i = 0; i < NEWER.length && NEWER[i] <= point; i += 2) {
      if (point <= NEWER[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /// The raw bytes, or null if it is no quoted name.
  static byte @Nullable [] unquote(String quoted) {
    if (quoted.indexOf('\\') < 0) {
      return quoted.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(quoted.length());
    for (int i = 0; i < quoted.length(); ) {
      int start = i;
      while (i < quoted.length() && quoted.charAt(i) != '\\') {
        i++;
      }
      text(out, quoted.substring(start, i));
      if (i < quoted.length()) {
        i = unescape(quoted, i + 1, out);
        if (i < 0) {
          return null;
        }
      }
    }
    return out.toByteArray();
  }

  /// @param at behind the backslash
  /// @return where it goes on, or -1
  private static int unescape(String quoted, int at, ByteArrayOutputStream out) {
    if (at >= quoted.length()) {
      return -1;
    }
    char c = quoted.charAt(at);
    int simple = "abfnrtv\\\"".indexOf(c);
    if (simple >= 0) {
      out.write("\u0007\b\f\n\r\t\u000b\\\"".charAt(simple));
      return at + 1;
    }
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0) {
      return octal(quoted, at, out);
    }
    int value = number(quoted, at + 1, digits, 16);
    if (value < 0 || (c != 'x' && !Character.isValidCodePoint(value))) {
      return -1;
    }
    if (c == 'x') {
      out.write(value);
    } else {
      text(out, Character.toString(value));
    }
    return at + 1 + digits;
  }

  private static int octal(String quoted, int at, ByteArrayOutputStream out) {
    int value = number(quoted, at, 3, 8);
    if (value < 0 || value > 255) {
      return -1;
    }
    out.write(value);
    return at + 3;
  }

  private static int number(String quoted, int at, int digits, int radix) {
    if (at + digits > quoted.length()) {
      return -1;
    }
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Character.digit(quoted.charAt(i), radix);
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
  }
}
