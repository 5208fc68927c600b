package dev.backstay.ui.browse;

import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Tells text from other bytes, and makes lines of either.
final class TextOrHex {

  /// A line is cut there: laying out one line of megabytes would take minutes.
  static final int LONGEST_LINE = 2_000;

  private static final int HEX_BYTES = 16 << 10;
  private static final int WIDTH = 16;

  private TextOrHex() {}

  /// @param bytes the beginning of the file
  /// @param size of the whole file
  static Preview of(byte[] bytes, String name, long size) {
    Charset charset = guess(bytes);
    return charset == null ? hex(bytes, size) : text(bytes, charset, name, size);
  }

  private static @org.jspecify.annotations.Nullable Charset guess(byte[] bytes) {
    if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
      return StandardCharsets.UTF_16LE;
    }
    if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
      return StandardCharsets.UTF_16BE;
    }
    if (controls(bytes)) {
      return null;
    }
    return isUtf8(bytes) ? StandardCharsets.UTF_8 : Charset.forName("windows-1252");
  }

  /// Text has no bytes that no text has.
  private static boolean controls(byte[] bytes) {
    int odd = 0;
    for (byte b : bytes) {
      if (b == 0) {
        return true;
      }
      odd += (b > 0 && b < 9) || (b > 13 && b < 32 && b != 27) ? 1 : 0;
    }
    return odd > bytes.length / 100;
  }

  /// The last character may be cut off.
  private static boolean isUtf8(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return !decoder.decode(in, CharBuffer.allocate(bytes.length + 1), false).isError();
  }

  private static Preview text(byte[] bytes, Charset charset, String name, long size) {
    List<String> lines = new ArrayList<>();
    boolean cut = false;
    for (String line : new String(bytes, charset).split("\r\n|\n|\r", -1)) {
      boolean tooLong = line.length() > LONGEST_LINE;
      cut |= tooLong;
      lines.add(tooLong ? line.substring(0, LONGEST_LINE) + " …" : line);
    }
    List<String> notes = new ArrayList<>();
    if (!charset.equals(StandardCharsets.UTF_8)) {
      notes.add(Texts.of("preview.encoding", charset.displayName(Locale.ROOT)));
    }
    if (cut) {
      notes.add(Texts.of("preview.long-lines", LONGEST_LINE));
    }
    if (bytes.length < size) {
      notes.add(Texts.of("preview.beginning", Amounts.bytes(bytes.length), Amounts.bytes(size)));
    }
    return new Preview.Text(lines, language(name), String.join(" · ", notes));
  }

  private static Preview.Language language(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      return Preview.Language.YAML;
    }
    return lower.endsWith(".json") ? Preview.Language.JSON : Preview.Language.PLAIN;
  }

  private static Preview hex(byte[] bytes, long size) {
    List<String> lines = new ArrayList<>();
    int shown = Math.min(bytes.length, HEX_BYTES);
    for (int at = 0; at < shown; at += WIDTH) {
      lines.add(line(bytes, at, Math.min(shown, at + WIDTH)));
    }
    String note =
        shown < size
            ? Texts.of("preview.binary-beginning", Amounts.bytes(shown), Amounts.bytes(size))
            : Texts.of("preview.binary");
    return new Preview.Hex(lines, note);
  }

  private static String line(byte[] bytes, int from, int to) {
    StringBuilder hex = new StringBuilder(String.format(Locale.ROOT, "%08x  ", from));
    StringBuilder text = new StringBuilder();
    for (int i = from; i < from + WIDTH; i++) {
      hex.append(i < to ? String.format(Locale.ROOT, "%02x ", bytes[i]) : "   ");
      if (i < to) {
        text.append(bytes[i] >= 32 && bytes[i] < 127 ? (char) bytes[i] : '.');
      }
    }
    return hex + " " + text;
  }
}
