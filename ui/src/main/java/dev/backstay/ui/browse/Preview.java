package dev.backstay.ui.browse;

import java.nio.IntBuffer;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a file's preview shows.
public sealed interface Preview {

  /// @param lines long ones cut, values of Secrets masked
  /// @param revealed the lines with the values; null if nothing is masked
  /// @param language how it is coloured
  /// @param note what was left out, or how it was read; empty if nothing
  /// @param charset how it was read
  /// @param cut whether there is more of it
  record Text(
      List<String> lines,
      @Nullable List<String> revealed,
      Language language,
      String note,
      Charset charset,
      boolean cut)
      implements Preview {}

  /// @param pixels decoded, made smaller if need be: ARGB, multiplied by alpha, line by line
  /// @param width of what is shown, in pixels
  /// @param height of what is shown, in pixels
  record Picture(IntBuffer pixels, int width, int height, String note) implements Preview {}

  /// What an archive says that it holds.
  record Listing(List<Archived> entries, String note) implements Preview {}

  /// Sixteen bytes a line.
  record Hex(List<String> lines, String note) implements Preview {}

  /// Nothing to show.
  ///
  /// @param note why
  record Nothing(String note) implements Preview {}

  /// How text is coloured.
  enum Language {
    PLAIN,
    YAML,
    JSON
  }
}
