package dev.backstay.ui.browse;

import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Makes lines of the end of a text, read as its beginning was.
final class TextEnd {

  private TextEnd() {}

  /// @param bytes the end of the file
  /// @param beginning what was shown of it before
  static Preview of(byte[] bytes, String path, long size, Preview.Text beginning) {
    Charset charset = beginning.charset();
    boolean wide = charset.name().startsWith("UTF-16");
    if (!wide && TextOrHex.controls(bytes)) {
      return TextOrHex.hexEnd(bytes, size);
    }
    String text = fromALine(TextOrHex.decoded(wide ? bytes : whole(bytes, charset), charset));
    Lines lines = Lines.of(text);
    List<String> notes = new ArrayList<>();
    if (!charset.equals(StandardCharsets.UTF_8)) {
      notes.add(Texts.of("preview.encoding", charset.displayName(Locale.ROOT)));
    }
    notes.addAll(lines.notes());
    notes.add(Texts.of("preview.end", Amounts.bytes(bytes.length), Amounts.bytes(size)));
    // Nobody can tell what a value is without what comes before it: all of it is masked then.
    boolean secret =
        beginning.revealed() != null
            || (SecretMask.concerns(path) && SecretMask.mayHaveSecrets(text));
    return new Preview.Text(
        secret ? List.of(SecretMask.MASK) : lines.lines(),
        secret ? lines.lines() : null,
        beginning.language(),
        String.join(" · ", notes),
        charset,
        true);
  }

  /// From the first whole character.
  private static byte[] whole(byte[] bytes, Charset charset) {
    int from = 0;
    while (charset.equals(StandardCharsets.UTF_8)
        && from < Math.min(3, bytes.length)
        && (bytes[from] & 0xc0) == 0x80) {
      from++;
    }
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  /// Without the first line, which is half a line, if it is not the only one; and no more lines
  /// than are laid out.
  private static String fromALine(String text) {
    int end = text.length() - 1;
    int from = -1;
    for (int lines = 0; lines < Lines.MOST - 1 && end > 0; lines++) {
      end = text.lastIndexOf('\n', end - 1);
      from = end >= 0 ? end : from;
    }
    return text.substring(from + 1);
  }
}
