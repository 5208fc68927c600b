package dev.backstay.ui.browse;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/// What the headers before an entry's own one tell about it.
final class TarNames {

  /// Where a header has its type.
  static final int TYPE = 156;

  /// Longer ones are cut; the records of pax that follow are lost then.
  static final int LONGEST = 64 << 10;

  private static final int PREFIX = 345;

  /// Others are not kept, since there may be any number of them.
  private static final Set<String> KNOWN =
      Set.of("path", "size", "mtime", "GNU.sparse.name", "GNU.sparse.size", "GNU.sparse.realsize");

  private final Map<String, String> records = new HashMap<>();

  /// GNU tar's long name.
  void name(byte[] text) {
    records.put("path", string(text));
  }

  /// Records of `length key=value\n` (POSIX pax).
  void pax(byte[] text) {
    int at = 0;
    while (at < text.length) {
      int space = at;
      while (space < text.length && text[space] != ' ') {
        space++;
      }
      int end = at + length(new String(text, at, space - at, StandardCharsets.US_ASCII));
      if (end < space + 2 || end > text.length) {
        return;
      }
      String record = new String(text, space + 1, end - space - 2, StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals > 0 && KNOWN.contains(record.substring(0, equals))) {
        records.put(record.substring(0, equals), record.substring(equals + 1));
      }
      at = end;
    }
  }

  private static int length(String digits) {
    try {
      return Math.clamp(Long.parseLong(digits), 0, LONGEST);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /// How much of the archive it takes.
  long stored(long inHeader) {
    return number("size", inHeader);
  }

  /// How large it becomes; a sparse file is larger than what is stored of it.
  long size(long stored) {
    return number("GNU.sparse.realsize", number("GNU.sparse.size", stored));
  }

  private long number(String key, long otherwise) {
    try {
      String value = records.get(key);
      return value == null ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException _) {
      return otherwise;
    }
  }

  Archived entry(byte[] header, long size) {
    String name = records.getOrDefault("GNU.sparse.name", records.get("path"));
    String full = name == null ? inHeader(header) : name;
    boolean folder = header[TYPE] == TarConstants.LF_DIR;
    return Archived.of(folder && !full.endsWith("/") ? full + "/" : full, size, modified(header));
  }

  private static String inHeader(byte[] header) {
    String name = string(Arrays.copyOf(header, TarConstants.NAMELEN));
    boolean posix = string(Arrays.copyOfRange(header, 257, 262)).equals("ustar");
    boolean gnu = header[262] == ' ';
    String prefix = string(Arrays.copyOfRange(header, PREFIX, PREFIX + 155));
    return posix && !gnu && !prefix.isEmpty() ? prefix + "/" + name : name;
  }

  /// Up to the first zero.
  private static String string(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private @Nullable Instant modified(byte[] header) {
    try {
      String pax = records.get("mtime");
      long seconds =
          pax == null
              ? TarUtils.parseOctalOrBinary(header, 136, TarConstants.MODTIMELEN)
              : Long.parseLong(pax.replaceFirst("\\..*", ""));
      return Instant.ofEpochSecond(seconds);
    } catch (IllegalArgumentException | DateTimeException _) {
      return null;
    }
  }
}
