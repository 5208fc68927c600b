package dev.backstay.ui.browse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Reads one entry of a zip's central directory (APPNOTE.TXT 6.3.10, 4.3.12).
final class ZipEntryReader {

  static final int HEADER = 0x02014b50;
  static final int HEADER_LENGTH = 46;

  private static final int UTF_8 = 1 << 11;
  private static final int EXTRA_ZIP64 = 0x0001;
  private static final int EXTRA_TIME = 0x5455;
  private static final long IN_EXTRA = 0xffffffffL;

  private ZipEntryReader() {}

  /// @param in after the header; afterwards before the next one
  /// @return null if the file ends here
  static @Nullable Archived read(ByteBuffer header, InputStream in) throws IOException {
    byte[] name = in.readNBytes(unsigned(header, 28));
    byte[] extra = in.readNBytes(unsigned(header, 30));
    int comment = unsigned(header, 32);
    if (name.length < unsigned(header, 28)
        || extra.length < unsigned(header, 30)
        || in.skip(comment) < comment) {
      return null;
    }
    long size = Integer.toUnsignedLong(header.getInt(24));
    ByteBuffer large = size == IN_EXTRA ? field(extra, EXTRA_ZIP64) : null;
    ByteBuffer time = field(extra, EXTRA_TIME);
    return Archived.of(
        text(name, (unsigned(header, 8) & UTF_8) != 0),
        large != null && large.remaining() >= 8 ? large.getLong() : size,
        time != null && time.remaining() >= 5 && (time.get() & 1) != 0
            ? Instant.ofEpochSecond(time.getInt())
            : dos(unsigned(header, 14), unsigned(header, 12)));
  }

  /// The content of an extra field, or null.
  private static @Nullable ByteBuffer field(byte[] extra, int id) {
    ByteBuffer in = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
    while (in.remaining() >= 4) {
      int found = Short.toUnsignedInt(in.getShort());
      int length = Math.min(Short.toUnsignedInt(in.getShort()), in.remaining());
      if (found == id) {
        return in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      }
      in.position(in.position() + length);
    }
    return null;
  }

  /// Many programs write UTF-8 and do not say so; the format's own encoding is CP437.
  private static String text(byte[] name, boolean utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException _) {
      return new String(
          name,
          !utf8 && Charset.isSupported("IBM437")
              ? Charset.forName("IBM437")
              : StandardCharsets.UTF_8);
    }
  }

  /// Of no time zone: the laptop's is assumed. Null for what is no date.
  private static @Nullable Instant dos(int date, int time) {
    try {
      return LocalDateTime.of(
              1980 + (date >> 9),
              date >> 5 & 15,
              date & 31,
              time >> 11,
              time >> 5 & 63,
              (time & 31) * 2)
          .atZone(ZoneId.systemDefault())
          .toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}
