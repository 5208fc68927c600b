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
import org.jspecify.annotations.Nullable;

/// Tells text from other bytes, and makes lines of either.
final class TextOrHex {

  private static final int HEX_BYTES = 16 << 10;
  private static final int WIDTH = 16;

  private TextOrHex() {}

  /// @param bytes the beginning of the file
  /// @param path in the restore point; says which language it is
  /// @param size of the whole file
  static Preview of(byte[] bytes, String path, long size) {
    Charset charset = guess(bytes);
    return charset == null ? hex(bytes, size) : text(bytes, charset, path, size);
  }

  private static @Nullable Charset guess(byte[] bytes) {
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
  static boolean controls(byte[] bytes) {
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

  private static Preview text(byte[] bytes, Charset charset, String path, long size) {
    boolean cut = bytes.length < size;
    String text = decoded(bytes, charset);
    Lines lines = Lines.of(text);
    List<String> notes = new ArrayList<>();
    if (!charset.equals(StandardCharsets.UTF_8)) {
      notes.add(Texts.of("preview.encoding", charset.displayName(Locale.ROOT)));
    }
    notes.addAll(lines.notes());
    if (cut) {
      notes.add(Texts.of("preview.beginning", Amounts.bytes(bytes.length), Amounts.bytes(size)));
    }
    String note = String.join(" · ", notes);
    Preview.Language language = language(path);
    return SecretMask.mask(text, path, cut)
        .map(masked ->
            new Preview.Text(Lines.of(masked).lines(), lines.lines(), language, note, charset, cut))
        .orElseGet(() -> new Preview.Text(lines.lines(), null, language, note, charset, cut));
  }

  /// Without a byte order mark, and without half a character at the end.
  static String decoded(byte[] bytes, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    decoder.decode(ByteBuffer.wrap(bytes), out, false);
    String text = out.flip().toString();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  static Preview.Language language(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      return Preview.Language.YAML;
    }
    return lower.endsWith(".json") ? Preview.Language.JSON : Preview.Language.PLAIN;
  }

  private static Preview hex(byte[] bytes, long size) {
    int shown = Math.min(bytes.length, HEX_BYTES);
    String note =
        shown < size
            ? Texts.of("preview.binary-beginning", Amounts.bytes(shown), Amounts.bytes(size))
            : Texts.of("preview.binary");
    return new Preview.Hex(hexLines(bytes, 0, shown, 0), note);
  }

  /// The end of a file that was no text there.
  static Preview hexEnd(byte[] bytes, long size) {
    int shown = Math.min(bytes.length, HEX_BYTES);
    int from = bytes.length - shown;
    return new Preview.Hex(
        hexLines(bytes, from, bytes.length, size - bytes.length),
        Texts.of("preview.binary-end", Amounts.bytes(shown), Amounts.bytes(size)));
  }

  /// @param offset of the first of the bytes in the file
  private static List<String> hexLines(byte[] bytes, int from, int to, long offset) {
    List<String> lines = new ArrayList<>();
    for (int at = from; at < to; at += WIDTH) {
      lines.add(line(bytes, at, Math.min(to, at + WIDTH), offset));
    }
    return lines;
  }

  private static String line(byte[] bytes, int from, int to, long offset) {
    StringBuilder hex = new StringBuilder(String.format(Locale.ROOT, "%08x  ", offset + from));
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
