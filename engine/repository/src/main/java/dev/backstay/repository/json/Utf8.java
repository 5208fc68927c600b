package dev.backstay.repository.json;

/// Looks at UTF-8 byte by byte, as Go's `unicode/utf8` does.
public final class Utf8 {

  private Utf8() {}

  /// How many bytes the character at a place has; 0 if it is not valid.
  public static int length(byte[] text, int at) {
    int b = text[at] & 0xff;
    if (b < 0x80) {
      return 1;
    }
    int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
    if (b < 0xc2 || b > 0xf4 || at + length > text.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((text[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int point = point(text, at, length);
    boolean overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    boolean outside = point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff);
    return overlong || outside ? 0 : length;
  }

  /// The character itself.
  ///
  /// @param length what [#length] said
  public static int point(byte[] text, int at, int length) {
    int b = text[at] & 0xff;
    if (length == 1) {
      return b;
    }
    int point = b & (0xff >> (length + 1));
    for (int i = 1; i < length; i++) {
      point = point << 6 | (text[at + i] & 0x3f);
    }
    return point;
  }

  public static boolean valid(byte[] text) {
    for (int i = 0; i < text.length; ) {
      int length = length(text, i);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }
}
