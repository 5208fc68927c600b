package dev.backstay.ui.browse;

import dev.backstay.ui.browse.ArchiveListing.End;
import dev.backstay.ui.browse.ArchiveListing.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lists a zip by the central directory at its end (APPNOTE.TXT 6.3.10, 4.3). Libraries read all of
/// it into memory first; this stops at what is shown.
final class ZipListing {

  private static final int END = 0x06054b50;
  private static final int END64 = 0x06064b50;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int END_LENGTH = 22;
  private static final int LOCATOR64_LENGTH = 20;
  private static final int END64_LENGTH = 56;

  /// The end with the longest comment, and what ZIP64 has before it.
  private static final int TAIL = END64_LENGTH + LOCATOR64_LENGTH + END_LENGTH + 0xffff;

  /// What the end tells of the central directory.
  ///
  /// @param at where this record is; the central directory ends there
  private record Directory(long at, long entries, long length, long offset) {}

  private ZipListing() {}

  /// @param in where the file is read, from its end
  /// @return empty if it is no zip
  static Optional<Found> of(RangeStream in, long size) throws IOException {
    Directory end = end(in, size);
    if (end == null) {
      return Optional.empty();
    }
    // Something may have been put before the zip: then its offsets are wrong, its lengths are not.
    in.seek(end.at() - end.length());
    ByteBuffer first = header(in);
    if (first == null) {
      in.seek(end.offset());
      first = header(in);
    }
    return first == null && end.entries() != 0
        ? Optional.empty()
        : Optional.of(entries(in, first, end.entries()));
  }

  private static Found entries(RangeStream in, @Nullable ByteBuffer first, long total)
      throws IOException {
    List<Archived> entries = new ArrayList<>();
    ByteBuffer header = first;
    while (header != null && entries.size() < ArchiveListing.MOST_ENTRIES) {
      Archived entry = ZipEntryReader.read(header, in);
      if (entry == null) {
        break;
      }
      entries.add(entry);
      header = header(in);
    }
    boolean more = header != null && entries.size() >= ArchiveListing.MOST_ENTRIES;
    boolean complete = header == null && entries.size() >= total;
    End end = complete ? End.COMPLETE : more ? End.ENOUGH_ENTRIES : End.BROKEN;
    return new Found(entries, total, in.exhausted() ? End.ENOUGH_BYTES : end);
  }

  /// Null if there is none here.
  private static @Nullable ByteBuffer header(RangeStream in) throws IOException {
    byte[] bytes = in.readNBytes(ZipEntryReader.HEADER_LENGTH);
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.length == ZipEntryReader.HEADER_LENGTH && header.getInt(0) == ZipEntryReader.HEADER
        ? header
        : null;
  }

  private static @Nullable Directory end(RangeStream in, long size) throws IOException {
    long start = Math.max(0, size - TAIL);
    in.seek(start);
    ByteBuffer tail = ByteBuffer.wrap(in.readNBytes(TAIL)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = tail.limit() - END_LENGTH; i >= 0; i--) {
      if (tail.getInt(i) == END && i + END_LENGTH + unsigned(tail, i + 20) <= tail.limit()) {
        Directory end64 = end64(in, tail, start, i - LOCATOR64_LENGTH);
        return end64 != null
            ? end64
            : new Directory(
                start + i,
                unsigned(tail, i + 10),
                Integer.toUnsignedLong(tail.getInt(i + 12)),
                Integer.toUnsignedLong(tail.getInt(i + 16)));
      }
    }
    return null;
  }

  /// Null if it is no ZIP64.
  private static @Nullable Directory end64(RangeStream in, ByteBuffer tail, long start, int locator)
      throws IOException {
    if (locator < 0 || tail.getInt(locator) != LOCATOR64) {
      return null;
    }
    Directory before = record64(in, start + locator - END64_LENGTH);
    return before != null ? before : record64(in, tail.getLong(locator + 8));
  }

  private static @Nullable Directory record64(RangeStream in, long at) throws IOException {
    if (at < 0) {
      return null;
    }
    in.seek(at);
    byte[] bytes = in.readNBytes(END64_LENGTH);
    ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.length < END64_LENGTH || record.getInt(0) != END64
        ? null
        : new Directory(at, record.getLong(32), record.getLong(40), record.getLong(48));
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}
