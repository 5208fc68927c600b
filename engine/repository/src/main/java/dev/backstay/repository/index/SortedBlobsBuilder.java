package dev.backstay.repository.index;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Takes blobs in any order and sorts them where they stand: there is never a second copy of all of
/// them. Not safe for use by several threads.
final class SortedBlobsBuilder {

  private static final int SLAB_BITS = 7;
  private static final int SLAB = 1 << SLAB_BITS;
  private static final long SLAB_BYTES = (long) SLAB * Entry.BYTES;
  // Asked for at once, so that a small repository stays small.
  private static final int BLOCK = 64;

  private final SharedArena shared = new SharedArena();
  private final List<List<MemorySegment>> slabs = new ArrayList<>();
  private final int[] counts = new int[SortedBlobs.PARTS];
  private MemorySegment block = MemorySegment.NULL;
  private long used;
  private long memory;
  private long size;

  SortedBlobsBuilder() {
    for (int i = 0; i < SortedBlobs.PARTS; i++) {
      slabs.add(new ArrayList<>());
    }
  }

  /// @param entries where the six words of it stand
  void add(long[] entries, int at) {
    int part = (int) (entries[at] >>> (64 - SortedBlobs.PART_BITS));
    int count = counts[part]++;
    List<MemorySegment> of = slabs.get(part);
    if (count == of.size() << SLAB_BITS) {
      of.add(slab());
    }
    MemorySegment slab = of.getLast();
    long to = (long) (count & SLAB - 1) * Entry.BYTES;
    for (int word = 0; word < Entry.WORDS; word++) {
      slab.set(Entry.WORD, to + 8L * word, entries[at + word]);
    }
    size++;
  }

  private MemorySegment slab() {
    if (used == block.byteSize()) {
      block = shared.arena.allocate(BLOCK * SLAB_BYTES, Long.BYTES);
      memory += block.byteSize();
      used = 0;
    }
    MemorySegment slab = block.asSlice(used, SLAB_BYTES);
    used += SLAB_BYTES;
    return slab;
  }

  /// Sorts on all cores.
  SortedBlobs finish() {
    int bits = SortedBlobs.bits(size);
    MemorySegment fan = shared.arena.allocate((long) Integer.BYTES << bits, Long.BYTES);
    MemorySegment[][] parts = new MemorySegment[SortedBlobs.PARTS][];
    IntStream.range(0, SortedBlobs.PARTS)
        .parallel()
        .forEach(part -> parts[part] = sort(part, fan, bits));
    return new SortedBlobs(
        shared, parts, SLAB_BITS, counts, fan, bits, memory + fan.byteSize() + size / SLAB * 64);
  }

  private MemorySegment[] sort(int part, MemorySegment fan, int bits) {
    int words = counts[part] * Entry.WORDS;
    long[] entries = new long[words];
    List<MemorySegment> of = slabs.get(part);
    for (int i = 0, at = 0; at < words; i++, at += SLAB * Entry.WORDS) {
      int some = Math.min(SLAB * Entry.WORDS, words - at);
      MemorySegment.copy(of.get(i), Entry.WORD, 0, entries, at, some);
    }
    long[] sorted = sorted(entries, counts[part]);
    for (int i = 0, at = 0; at < words; i++, at += SLAB * Entry.WORDS) {
      int some = Math.min(SLAB * Entry.WORDS, words - at);
      MemorySegment.copy(sorted, at, of.get(i), Entry.WORD, 0, some);
    }
    SortedBlobs.fan(fan, bits, part, sorted, counts[part]);
    return of.toArray(MemorySegment[]::new);
  }

  /// Entries of one part in the order of their ids' first words, as far as those leave room for the
  /// number of an entry: 40 bits and more. Only the order of buckets matters to [SortedBlobs].
  static long[] sorted(long[] entries, int count) {
    int low = 64 - Long.numberOfLeadingZeros(count);
    long mask = (1L << low) - 1;
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      long id = entries[i * Entry.WORDS] << SortedBlobs.PART_BITS;
      keys[i] = ((id & ~mask) | i) ^ Long.MIN_VALUE;
    }
    Arrays.sort(keys);
    long[] sorted = new long[count * Entry.WORDS];
    for (int i = 0; i < count; i++) {
      int from = (int) (keys[i] & mask) * Entry.WORDS;
      System.arraycopy(entries, from, sorted, i * Entry.WORDS, Entry.WORDS);
    }
    return sorted;
  }
}
