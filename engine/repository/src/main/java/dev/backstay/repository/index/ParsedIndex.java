package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.pack.PackEntry;
import java.util.Arrays;
import java.util.List;

/// What one index file says, in arrays: packs in the order of the file, blobs in the order of
/// packs.
public final class ParsedIndex {

  private long[] packs = new long[4 * 64];
  private int[] counts = new int[64];
  private int packCount;
  private long[] entries = new long[Entry.WORDS * 1024];
  private int size;

  void clear() {
    packCount = 0;
    size = 0;
  }

  /// Begins a pack; the blobs that follow are in it.
  void pack(long a, long b, long c, long d) {
    if (packCount == counts.length) {
      counts = Arrays.copyOf(counts, packCount * 2);
      packs = Arrays.copyOf(packs, packCount * 8);
    }
    counts[packCount] = 0;
    int at = packCount++ * 4;
    packs[at] = a;
    packs[at + 1] = b;
    packs[at + 2] = c;
    packs[at + 3] = d;
  }

  void blob(long a, long b, long c, long d, int kind, long offset, int length, int plain) {
    int at = size * Entry.WORDS;
    if (at == entries.length) {
      entries = Arrays.copyOf(entries, at * 2);
    }
    size++;
    counts[packCount - 1]++;
    entries[at] = a;
    entries[at + 1] = b;
    entries[at + 2] = c;
    entries[at + 3] = d;
    entries[at + 4] = Entry.place(offset, length);
    entries[at + 5] = Entry.origin(plain, 0, kind);
  }

  void add(BlobId pack, List<PackEntry> blobs) {
    pack(pack.a(), pack.b(), pack.c(), pack.d());
    for (PackEntry blob : blobs) {
      BlobId id = blob.id();
      blob(
          id.a(),
          id.b(),
          id.c(),
          id.d(),
          blob.kind().code(),
          blob.offset(),
          blob.length(),
          blob.plainLength());
    }
  }

  int packs() {
    return packCount;
  }

  /// How many blobs a pack of it has.
  int blobs(int pack) {
    return counts[pack];
  }

  BlobId packId(int pack) {
    int at = pack * 4;
    return new BlobId(packs[at], packs[at + 1], packs[at + 2], packs[at + 3]);
  }

  /// All blobs, [Entry#WORDS] each; the number of the pack is 0 in each.
  long[] entries() {
    return entries;
  }

  /// How many blobs it names.
  public int size() {
    return size;
  }
}
