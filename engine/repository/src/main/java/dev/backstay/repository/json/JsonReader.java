package dev.backstay.repository.json;

import dev.backstay.model.DamagedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A strict pull reader over UTF-8 bytes. The caller knows the shape:
///
/// ```
/// in.object();
/// while (in.more()) {
///   switch (in.name()) {
///     case "id" -> id = in.string();
///     default -> in.skip();
///   }
/// }
/// ```
public final class JsonReader {

  private static final int DEPTH = 100;

  private final byte[] bytes;
  private final int end;
  private final String what;
  private int at;
  private boolean comma;

  /// @param what the thing that is read, for messages
  public JsonReader(byte[] bytes, int from, int length, String what) {
    this.bytes = bytes;
    this.at = from;
    this.end = from + length;
    this.what = what;
  }

  public JsonReader(byte[] bytes, String what) {
    this(bytes, 0, bytes.length, what);
  }

  /// Where it goes on.
  public int position() {
    return at;
  }

  /// Begins an object; then [#more()] and [#name()].
  public void object() {
    expect('{');
    comma = false;
  }

  /// Begins a list; then [#more()] and a value.
  public void list() {
    expect('[');
    comma = false;
  }

  /// Whether the object or list goes on; consumes its end if not.
  public boolean more() {
    int next = peek();
    if (next == '}' || next == ']') {
      at++;
      comma = true;
      return false;
    }
    if (comma) {
      expect(',');
      comma = false;
    }
    return true;
  }

  /// The name of the next field.
  public String name() {
    String name = string();
    expect(':');
    comma = false;
    return name;
  }

  /// Consumes `null` if it is next.
  public boolean isNull() {
    if (peek() != 'n') {
      return false;
    }
    word("null");
    return true;
  }

  public boolean bool() {
    boolean value = peek() == 't';
    word(value ? "true" : "false");
    return value;
  }

  private void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at >= end || bytes[at] != word.charAt(i)) {
        throw damaged();
      }
      at++;
    }
    comma = true;
  }

  /// A whole number of up to 64 bits; an unsigned one above that of a signed one comes as negative.
  public long number() {
    int start = peek() == '-' ? at + 1 : at;
    int last = start;
    while (last < end && bytes[last] >= '0' && bytes[last] <= '9') {
      last++;
    }
    if (last == start || last - start > 20) {
      throw damaged();
    }
    String digits = new String(bytes, at, last - at, StandardCharsets.ISO_8859_1);
    at = last;
    comma = true;
    try {
      return digits.charAt(0) == '-' ? Long.parseLong(digits) : Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw damaged();
    }
  }

  public String string() {
    expect('"');
    int start = at;
    boolean ascii = true;
    while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
      ascii &= bytes[at] >= 0;
      at++;
    }
    if (at >= end) {
      throw damaged();
    }
    comma = true;
    if (bytes[at] == '"') {
      int length = at++ - start;
      return new String(
          bytes, start, length, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
    return escaped(start);
  }

  private String escaped(int start) {
    StringBuilder text = new StringBuilder();
    text.append(new String(bytes, start, at - start, StandardCharsets.UTF_8));
    while (true) {
      int plain = at;
      while (at < end && bytes[at] != '"' && bytes[at] != '\\') {
        at++;
      }
      text.append(new String(bytes, plain, at - plain, StandardCharsets.UTF_8));
      if (at + 1 > end || at >= end) {
        throw damaged();
      }
      if (bytes[at++] == '"') {
        return text.toString();
      }
      escape(text);
    }
  }

  private void escape(StringBuilder text) {
    if (at >= end) {
      throw damaged();
    }
    switch (bytes[at++]) {
      case '"' -> text.append('"');
      case '\\' -> text.append('\\');
      case '/' -> text.append('/');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> character(text);
      default -> throw damaged();
    }
  }

  /// Half a pair becomes U+FFFD, as in Go.
  private void character(StringBuilder text) {
    char first = hex4();
    if (!Character.isSurrogate(first)) {
      text.append(first);
      return;
    }
    int second = at;
    boolean pair = Character.isHighSurrogate(first) && at + 1 < end;
    if (pair && bytes[at] == '\\' && bytes[at + 1] == 'u') {
      at += 2;
      char low = hex4();
      if (Character.isLowSurrogate(low)) {
        text.append(first).append(low);
        return;
      }
      at = second;
    }
    text.append('\ufffd');
  }

  private char hex4() {
    if (at + 4 > end) {
      throw damaged();
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(bytes[at++], 16);
      if (digit < 0) {
        throw damaged();
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  /// Passes over a value of any shape.
  public void skip() {
    skip(0);
  }

  private void skip(int depth) {
    if (depth > DEPTH) {
      throw damaged();
    }
    switch (peek()) {
      case '{' -> {
        object();
        while (more()) {
          name();
          skip(depth + 1);
        }
      }
      case '[' -> {
        list();
        while (more()) {
          skip(depth + 1);
        }
      }
      case '"' -> string();
      case 't', 'f' -> bool();
      case 'n' -> isNull();
      default -> fraction();
    }
  }

  private void fraction() {
    int start = at;
    while (at < end && "+-.eE0123456789".indexOf(bytes[at]) >= 0) {
      at++;
    }
    if (at == start) {
      throw damaged();
    }
    comma = true;
  }

  /// A value of any shape, as it stands.
  public String raw() {
    peek();
    int start = at;
    skip();
    return new String(Arrays.copyOfRange(bytes, start, at), StandardCharsets.UTF_8);
  }

  /// Makes sure that nothing follows.
  public void end() {
    while (at < end && white(bytes[at])) {
      at++;
    }
    if (at < end) {
      throw damaged();
    }
  }

  private int peek() {
    while (at < end && white(bytes[at])) {
      at++;
    }
    if (at >= end) {
      throw damaged();
    }
    return bytes[at];
  }

  private static boolean white(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw damaged();
    }
    at++;
  }

  private DamagedException damaged() {
    return new DamagedException(
        "repository.malformed",
        what + " is not what it should be: malformed JSON near byte " + at,
        "run 'repo check'; restore the file from a copy of the repository");
  }
}
