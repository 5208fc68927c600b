package dev.backstay.ui.browse;

import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// What is in an archive, without unpacking any of it. Whatever the archive claims, so much is read
/// and kept and no more.
final class ArchiveListing {

  static final int MOST_ENTRIES = 1_000;

  /// So much is fetched of an archive that tells at its end, or from header to header, what it has.
  static final long MOST_FETCHED = 32L << 20;

  /// So much is fetched of an archive that is compressed as a whole.
  static final long MOST_COMPRESSED = 16L << 20;

  /// It may unpack to so much on the way; about a second's work.
  static final long MOST_UNPACKED = 512L << 20;

  private static final List<String> ZIP = List.of(".zip", ".jar", ".war", ".ear", ".whl");
  private static final List<String> TAR_GZ = List.of(".tar.gz", ".tgz");

  /// What was found.
  ///
  /// @param total how many there are, as far as the archive tells it; else negative
  /// @param end why there are no more
  record Found(List<Archived> entries, long total, End end) {}

  /// How a listing ended.
  enum End {
    COMPLETE,
    ENOUGH_ENTRIES,
    ENOUGH_BYTES,
    BROKEN
  }

  private ArchiveListing() {}

  static boolean covers(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ends(lower, ZIP) || ends(lower, TAR_GZ) || lower.endsWith(".tar");
  }

  private static boolean ends(String name, List<String> with) {
    return with.stream().anyMatch(name::endsWith);
  }

  /// @return empty if it is no archive, whatever its name says
  static Optional<Preview> of(Ranges file, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    try {
      Optional<Found> found =
          ends(lower, ZIP)
              ? ZipListing.of(new RangeStream(file, MOST_FETCHED), file.size())
              : tar(file, ends(lower, TAR_GZ));
      return found.map(f -> new Preview.Listing(f.entries(), note(f)));
    } catch (IOException _) {
      return Optional.empty(); // its bytes are shown
    }
  }

  private static Optional<Found> tar(Ranges file, boolean compressed) throws IOException {
    if (!compressed) {
      RangeStream in = new RangeStream(file, MOST_FETCHED);
      return TarListing.of(in, in::exhausted);
    }
    RangeStream in = new RangeStream(file, MOST_COMPRESSED);
    try (Unpacked plain =
        new Unpacked(new BufferedInputStream(new GZIPInputStream(in, 64 << 10)), MOST_UNPACKED)) {
      return TarListing.of(plain, () -> in.exhausted() || plain.exhausted());
    }
  }

  private static String note(Found found) {
    int shown = found.entries().size();
    List<String> notes = new ArrayList<>();
    notes.add(
        found.total() > shown
            ? Texts.of("preview.archive.of", Amounts.count(shown), Amounts.count(found.total()))
            : Texts.count("preview.archive.entries", shown));
    switch (found.end()) {
      case COMPLETE -> {}
      case ENOUGH_ENTRIES -> notes.add(Texts.of("preview.archive.more"));
      case ENOUGH_BYTES -> notes.add(Texts.of("preview.archive.enough"));
      case BROKEN -> notes.add(Texts.of("preview.archive.broken"));
    }
    return String.join(" · ", notes);
  }
}
