package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.pack.PackEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What stands in which pack, as an index had it at one moment. 48 bytes a blob: made for work on
/// all packs, not for one.
public final class PackContents {

  private static final int WORDS = 6;

  private final PackTable packs;
  private final int[] ends;
  private final long[] entries;

  /// @param counts how many blobs each pack has
  PackContents(PackTable packs, int[] counts) {
    this.packs = packs;
    ends = new int[counts.length];
    int all = 0;
    for (int pack = 0; pack < counts.length; pack++) {
      ends[pack] = all;
      all += counts[pack];
    }
    entries = new long[Math.multiplyExact(all, WORDS)];
  }

  /// To be called as often as was counted.
  void add(long a, long b, long c, long d, long place, long origin) {
    int at = ends[Entry.pack(origin)]++ * WORDS;
    entries[at] = a;
    entries[at + 1] = b;
    entries[at + 2] = c;
    entries[at + 3] = d;
    entries[at + 4] = place;
    entries[at + 5] = origin;
  }

  /// The blobs of a pack by their offsets; none if the index did not name it.
  public List<PackEntry> of(String pack) {
    List<PackEntry> found = new ArrayList<>();
    int number = packs.find(BlobId.parse(pack));
    if (number >= 0 && number < ends.length) {
      for (int i = number == 0 ? 0 : ends[number - 1]; i < ends[number]; i++) {
        found.add(entry(i * WORDS));
      }
      found.sort(Comparator.comparingLong(PackEntry::offset));
    }
    return found;
  }

  private PackEntry entry(int at) {
    long place = entries[at + 4];
    long origin = entries[at + 5];
    return new PackEntry(
        Entry.kind(origin),
        new BlobId(entries[at], entries[at + 1], entries[at + 2], entries[at + 3]),
        Entry.offset(place),
        Entry.length(place),
        Entry.plain(origin));
  }
}
