package dev.backstay.ui.browse;

import java.util.List;

/// What a file's preview shows.
public sealed interface Preview {

  /// @param lines long ones cut
  /// @param language how it is coloured
  /// @param note what was left out, or how it was read; empty if nothing
  record Text(List<String> lines, Language language, String note) implements Preview {}

  /// @param bytes of a picture whose size was looked at before
  @SuppressWarnings("ArrayRecordComponent") // shown once, never compared
  record Picture(byte[] bytes, int width, int height, String note) implements Preview {}

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
