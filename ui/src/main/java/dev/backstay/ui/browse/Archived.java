package dev.backstay.ui.browse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A file in an archive, as the archive tells it.
///
/// @param name with its folders; cut if long, and without characters that draw it as another name
/// @param size unpacked; negative if unknown
/// @param modified null if unknown
record Archived(String name, boolean folder, long size, @Nullable Instant modified) {

  private static final int LONGEST_NAME = 500;

  /// @param name as the archive has it
  static Archived of(String name, long size, @Nullable Instant modified) {
    return new Archived(shown(name), name.endsWith("/"), size, modified);
  }

  /// Control characters and those that change the direction of writing become U+FFFD.
  static String shown(String name) {
    int[] kept =
        name.codePoints()
            .limit(LONGEST_NAME)
            .map(c -> Character.isISOControl(c) || turns(c) ? 0xfffd : c)
            .toArray();
    String text = new String(kept, 0, kept.length);
    return name.codePointCount(0, name.length()) > LONGEST_NAME ? text + "…" : text;
  }

  private static boolean turns(int c) {
    return (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200e
        || c == 0x200f
        || c == 0x061c;
  }
}
