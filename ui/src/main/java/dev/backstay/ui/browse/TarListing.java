package dev.backstay.ui.browse;

import dev.backstay.ui.browse.ArchiveListing.End;
import dev.backstay.ui.browse.ArchiveListing.Found;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/// Lists a tar header by header (POSIX ustar and pax, GNU tar's long names and sparse files). What
/// lies between is skipped, which costs nothing where the stream can seek. The library's own stream
/// reads it all, and any length of name into memory.
final class TarListing {

  private static final int RECORD = 512;

  private final InputStream in;
  private final List<Archived> entries = new ArrayList<>();
  private TarNames names = new TarNames();

  private TarListing(InputStream in) {
    this.in = in;
  }

  /// @param enough whether the stream ended because enough was read
  /// @return empty if it is no tar
  static Optional<Found> of(InputStream in, BooleanSupplier enough) throws IOException {
    TarListing listing = new TarListing(in);
    byte[] first = in.readNBytes(RECORD);
    if (!isHeader(first)) {
      return Optional.empty();
    }
    End end;
    try {
      end = listing.all(first);
    } catch (IOException | IllegalArgumentException _) {
      end = End.BROKEN;
    }
    boolean stopped = end != End.ENOUGH_ENTRIES && enough.getAsBoolean();
    return Optional.of(new Found(listing.entries, -1, stopped ? End.ENOUGH_BYTES : end));
  }

  private End all(byte[] first) throws IOException {
    byte[] header = first;
    while (entries.size() < ArchiveListing.MOST_ENTRIES) {
      entry(header);
      byte[] next = next();
      if (next == null) {
        return End.COMPLETE;
      }
      header = next;
    }
    return End.ENOUGH_ENTRIES;
  }

  /// Null at the end, which is a record of zeros, or nothing.
  private byte @Nullable [] next() throws IOException {
    byte[] header = in.readNBytes(RECORD);
    if (header.length == 0) {
      return null;
    }
    if (isHeader(header)) {
      return header;
    }
    for (byte b : header) {
      if (b != 0) {
        throw new IOException("no header");
      }
    }
    return null;
  }

  private static boolean isHeader(byte[] record) {
    try {
      return record.length == RECORD && TarUtils.verifyCheckSum(record);
    } catch (IllegalArgumentException _) {
      return false; // its sum is no number
    }
  }

  private byte[] record() throws IOException {
    byte[] record = in.readNBytes(RECORD);
    if (record.length < RECORD) {
      throw new EOFException();
    }
    return record;
  }

  private void entry(byte[] header) throws IOException {
    byte type = header[TarNames.TYPE];
    long length = TarUtils.parseOctalOrBinary(header, 124, TarConstants.SIZELEN);
    switch (type) {
      case TarConstants.LF_GNUTYPE_LONGNAME -> names.name(text(length));
      case TarConstants.LF_PAX_EXTENDED_HEADER_LC, TarConstants.LF_PAX_EXTENDED_HEADER_UC ->
          names.pax(text(length));
      case TarConstants.LF_GNUTYPE_LONGLINK, TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER ->
          skip(length);
      default -> {
        long stored = type == TarConstants.LF_DIR ? 0 : names.stored(length);
        long size = type == TarConstants.LF_GNUTYPE_SPARSE ? sparse(header) : names.size(stored);
        entries.add(names.entry(header, size));
        names = new TarNames();
        skip(stored);
      }
    }
  }

  /// The size of an old GNU sparse file; reads the rest of its map.
  private long sparse(byte[] header) throws IOException {
    boolean more = header[482] != 0;
    while (more) {
      more = record()[504] != 0;
    }
    return TarUtils.parseOctalOrBinary(header, 483, TarConstants.SIZELEN);
  }

  /// What is too long for a name is not kept.
  private byte[] text(long length) throws IOException {
    byte[] text = in.readNBytes(Math.clamp(length, 0, TarNames.LONGEST));
    in.skipNBytes(padded(length) - text.length);
    return text;
  }

  private void skip(long length) throws IOException {
    in.skipNBytes(padded(length));
  }

  private static long padded(long length) throws IOException {
    if (length < 0 || length > Long.MAX_VALUE - RECORD) {
      throw new IOException("no length");
    }
    return (length + RECORD - 1) / RECORD * RECORD;
  }
}
