package dev.backstay.repository.opened;

import dev.backstay.repository.index.BlobPlace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A part of a pack that is fetched in one request, for the blobs that lie in it. A writer fills
/// several packs at once, so that those of one file alternate between them.
public final class PackStretch {

  /// What nobody asked for, but costs less than another request.
  private static final int GAP = 256 << 10;

  /// A request of a store that is slow rather than far must not take for ever.
  private static final int MOST = 16 << 20;

  private static final Comparator<BlobPlace> ORDER =
      Comparator.comparing(BlobPlace::pack).thenComparingLong(BlobPlace::offset);

  private final String pack;
  private final long from;
  private long end;
  private int blobs;

  private PackStretch(BlobPlace first) {
    pack = first.pack();
    from = first.offset();
    end = from;
  }

  /// One that holds a single blob.
  public static PackStretch of(BlobPlace place) {
    return around(List.of(place)).getFirst();
  }

  /// @return for each place the stretch that it lies in
  public static List<PackStretch> around(List<BlobPlace> places) {
    Map<BlobPlace, PackStretch> found = new HashMap<>();
    PackStretch last = null;
    for (BlobPlace place : places.stream().sorted(ORDER).toList()) {
      if (last == null || !last.reaches(place)) {
        last = new PackStretch(place);
      }
      last.end = Math.max(last.end, end(place));
      last.blobs++;
      found.put(place, last);
    }
    List<PackStretch> stretches = new ArrayList<>(places.size());
    places.forEach(place -> stretches.add(found.get(place)));
    return stretches;
  }

  private boolean reaches(BlobPlace place) {
    return place.pack().equals(pack) && place.offset() <= end + GAP && end(place) - from <= MOST;
  }

  private static long end(BlobPlace place) {
    return place.offset() + place.length();
  }

  public String pack() {
    return pack;
  }

  /// Where it begins in the pack.
  public long from() {
    return from;
  }

  /// Bytes.
  public int length() {
    return Math.toIntExact(end - from);
  }

  /// How many lie in it, those that are asked for twice counted twice.
  public int blobs() {
    return blobs;
  }
}
