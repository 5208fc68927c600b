package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Many blobs in the order of their ids, outside the heap or in a mapped file; never changed. The
/// first byte of an id says in which of 256 parts it stands, and a table of the leading bits where
/// in the part to begin: about eight entries share a bucket.
final class SortedBlobs implements BlobTable, AutoCloseable {

  static final int PARTS = 256;
  static final int PART_BITS = 8;
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int PART_SHIFT = 40;
  private static final long IN_PART = (1L << PART_SHIFT) - 1;
  private static final int BUCKET = 8;

  private final SharedArena shared;
  private final MemorySegment[][] slabs;
  private final int slabBits;
  private final int[] counts;
  private final MemorySegment fan;
  private final int bits;
  private final long size;
  private final long memory;

  /// @param shared holds everything; closed with this
  /// @param slabs of each part
  /// @param slabBits a slab holds 2^slabBits entries, the last one of a part maybe fewer
  /// @param counts entries of each part
  /// @param fan for each bucket the number of its first entry in its part, see [#fan]
  /// @param bits leading bits of an id that name a bucket
  SortedBlobs(
      SharedArena shared,
      MemorySegment[][] slabs,
      int slabBits,
      int[] counts,
      MemorySegment fan,
      int bits,
      long memory) {
    this.shared = shared;
    this.slabs = slabs;
    this.slabBits = slabBits;
    this.counts = counts;
    this.fan = fan;
    this.bits = bits;
    this.memory = memory;
    long all = 0;
    for (int count : counts) {
      all += count;
    }
    size = all;
  }

  /// How many leading bits make buckets of about eight.
  static int bits(long size) {
    return Math.clamp(64 - Long.numberOfLeadingZeros(size / BUCKET), PART_BITS, 28);
  }

  /// Fills in the buckets of a part.
  ///
  /// @param entries of the part in order, [Entry#WORDS] each
  static void fan(MemorySegment fan, int bits, int part, long[] entries, int count) {
    int buckets = 1 << (bits - PART_BITS);
    int next = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      long key = (long) part << (bits - PART_BITS) | bucket;
      while (next < count && entries[next * Entry.WORDS] >>> (64 - bits) < key) {
        next++;
      }
      fan.set(INT, key * Integer.BYTES, next);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long find(BlobId id, int kind, long behind) {
    long bucket = id.a() >>> (64 - bits);
    int part = (int) (bucket >>> (bits - PART_BITS));
    int at = behind < 0 ? fan.get(INT, bucket * Integer.BYTES) : (int) (behind & IN_PART) + 1;
    int end = end(bucket, part);
    for (; at < end; at++) {
      MemorySegment slab = slabs[part][at >>> slabBits];
      long from = (at & (1L << slabBits) - 1) * Entry.BYTES;
      if (slab.get(Entry.WORD, from) == id.a() && is(slab, from, kind, id)) {
        return (long) part << PART_SHIFT | at;
      }
    }
    return -1;
  }

  private int end(long bucket, int part) {
    long next = bucket + 1;
    boolean last = (next & (1L << (bits - PART_BITS)) - 1) == 0;
    return last ? counts[part] : fan.get(INT, next * Integer.BYTES);
  }

  private static boolean is(MemorySegment slab, long from, int kind, BlobId id) {
    return slab.get(Entry.WORD, from + 8) == id.b()
        && slab.get(Entry.WORD, from + 16) == id.c()
        && slab.get(Entry.WORD, from + 24) == id.d()
        && (slab.get(Entry.WORD, from + 40) & 1) == kind;
  }

  private long word(int part, int at, int word) {
    MemorySegment slab = slabs[part][at >>> slabBits];
    long from = (at & (1L << slabBits) - 1) * Entry.BYTES;
    return slab.get(Entry.WORD, from + 8L * word);
  }

  @Override
  public long place(long at) {
    return word((int) (at >>> PART_SHIFT), (int) (at & IN_PART), 4);
  }

  @Override
  public long origin(long at) {
    return word((int) (at >>> PART_SHIFT), (int) (at & IN_PART), 5);
  }

  /// How many entries a part has.
  int count(int part) {
    return counts[part];
  }

  /// Copies a part's entries.
  void part(int part, long[] into, int to) {
    int left = counts[part] * Entry.WORDS;
    int at = to;
    for (MemorySegment slab : slabs[part]) {
      int words = (int) Math.min(left, slab.byteSize() / Long.BYTES);
      MemorySegment.copy(slab, Entry.WORD, 0, into, at, words);
      at += words;
      left -= words;
    }
  }

  @Override
  public void forEach(Visitor visitor) {
    for (int part = 0; part < PARTS; part++) {
      long[] e = new long[counts[part] * Entry.WORDS];
      part(part, e, 0);
      for (int i = 0; i < e.length; i += Entry.WORDS) {
        visitor.entry(e[i], e[i + 1], e[i + 2], e[i + 3], e[i + 4], e[i + 5]);
      }
    }
  }

  @Override
  public long memory() {
    return memory;
  }

  @Override
  public void close() {
    shared.close();
  }
}
