package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobId;
import java.lang.foreign.MemorySegment;

/// Takes apart a cache file whose checksums hold, see [IndexCache].
final class IndexCacheReader {

  private final SharedArena memory;
  private final MemorySegment all;
  private long at = IndexCache.HEADER;

  IndexCacheReader(SharedArena memory, MemorySegment all) {
    this.memory = memory;
    this.all = all;
  }

  private int count(int at) {
    return all.get(SortedBlobs.INT, at);
  }

  private MemorySegment next(long bytes) {
    MemorySegment section = all.asSlice(at, bytes);
    at += bytes;
    return section;
  }

  void into(BlobIndex index) {
    int packs = count(56);
    int files = count(60);
    int more = count(64);
    int bits = count(68);
    MemorySegment entries = next(all.get(Entry.WORD, 48) * Entry.BYTES);
    MemorySegment fan = next((long) Integer.BYTES << bits);
    int[] counts = ints(next((long) SortedBlobs.PARTS * Integer.BYTES));
    index.adopt(
        new SortedBlobs(memory, parts(entries, counts), Integer.SIZE - 1, counts, fan, bits, 0));
    packs(index.packTable(), packs);
    for (int i = 0; i < files; i++) {
      index.sources().add(IndexCache.id(next(BlobId.SIZE), 0).hex());
    }
    int[] pairs = ints(next((long) more * Integer.BYTES));
    for (int i = 0; i < pairs.length; i += 2) {
      index.sources().name(pairs[i], pairs[i + 1]);
    }
  }

  private static MemorySegment[][] parts(MemorySegment entries, int[] counts) {
    MemorySegment[][] parts = new MemorySegment[SortedBlobs.PARTS][];
    long from = 0;
    for (int part = 0; part < parts.length; part++) {
      long bytes = (long) counts[part] * Entry.BYTES;
      parts[part] = new MemorySegment[] {entries.asSlice(from, bytes)};
      from += bytes;
    }
    return parts;
  }

  private static int[] ints(MemorySegment section) {
    return section.toArray(SortedBlobs.INT);
  }

  private void packs(PackTable table, int packs) {
    MemorySegment ids = next((long) packs * BlobId.SIZE);
    MemorySegment blobs = next((long) packs * Integer.BYTES);
    MemorySegment sources = next((long) packs * Integer.BYTES);
    for (int pack = 0; pack < packs; pack++) {
      table.add(
          IndexCache.id(ids, (long) pack * BlobId.SIZE),
          blobs.get(SortedBlobs.INT, pack * 4L),
          sources.get(SortedBlobs.INT, pack * 4L));
    }
  }
}
