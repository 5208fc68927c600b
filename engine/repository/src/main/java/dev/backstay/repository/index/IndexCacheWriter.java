package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/// Writes a cache file part by part, see [IndexCache]: never more of it in memory than a part.
final class IndexCacheWriter {

  private final FileChannel to;
  private final BlobId repository;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
  private final int[] counts = new int[SortedBlobs.PARTS];
  private long written;

  IndexCacheWriter(FileChannel to, BlobId repository) {
    this.to = to;
    this.repository = repository;
  }

  void write(BlobIndex index, List<BlobTable> tables) {
    try {
      all(index, tables);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void all(BlobIndex index, List<BlobTable> tables) throws IOException {
    PackTable packs = index.packTable();
    int[] numbers = new int[packs.size()];
    int[] kept = kept(index, numbers);
    long blobs = Arrays.stream(kept).mapToLong(packs::blobs).sum();
    int bits = SortedBlobs.bits(blobs);
    to.position(IndexCache.HEADER);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fan = arena.allocate((long) Integer.BYTES << bits);
      entries(tables, numbers, fan, bits);
      bytes(fan.asByteBuffer());
    }
    ints(counts);
    packs(packs, kept);
    int[] more = sources(index, packs, kept, numbers);
    flush();
    header(kept.length, index.files().size(), more.length, bits);
  }

  /// Packs that are written, and for each pack the number that it gets, or -1.
  private static int[] kept(BlobIndex index, int[] numbers) {
    PackTable packs = index.packTable();
    int count = 0;
    int[] kept = new int[numbers.length];
    for (int pack = 0; pack < numbers.length; pack++) {
      boolean keep = packs.source(pack) != PackTable.OURS && !index.sources().isGone(pack);
      numbers[pack] = keep ? count : -1;
      if (keep) {
        kept[count++] = pack;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  private void entries(List<BlobTable> tables, int[] numbers, MemorySegment fan, int bits)
      throws IOException {
    List<SortedBlobs> sorted = new ArrayList<>();
    SortedBlobs recent = null;
    for (BlobTable table : tables) {
      switch (table) {
        case SortedBlobs one -> sorted.add(one);
        case RecentBlobs some -> {
          recent = sorted(some);
          sorted.add(recent);
        }
      }
    }
    for (int part = 0; part < SortedBlobs.PARTS; part++) {
      part(sorted, part, numbers, fan, bits);
    }
    if (recent != null) {
      recent.close();
    }
  }

  private static SortedBlobs sorted(RecentBlobs recent) {
    SortedBlobsBuilder builder = new SortedBlobsBuilder();
    long[] entry = new long[Entry.WORDS];
    recent.forEach((a, b, c, d, place, origin) -> {
      entry[0] = a;
      entry[1] = b;
      entry[2] = c;
      entry[3] = d;
      entry[4] = place;
      entry[5] = origin;
      builder.add(entry, 0);
    });
    return builder.finish();
  }

  private void part(List<SortedBlobs> tables, int part, int[] numbers, MemorySegment fan, int bits)
      throws IOException {
    int all = tables.stream().mapToInt(table -> table.count(part)).sum();
    long[] entries = new long[all * Entry.WORDS];
    int at = 0;
    for (SortedBlobs table : tables) {
      table.part(part, entries, at);
      at += table.count(part) * Entry.WORDS;
    }
    counts[part] = renumber(entries, all, numbers);
    long[] sorted = SortedBlobsBuilder.sorted(entries, counts[part]);
    SortedBlobs.fan(fan, bits, part, sorted, counts[part]);
    longs(sorted);
  }

  /// @return how many stay
  private static int renumber(long[] entries, int count, int[] numbers) {
    int kept = 0;
    for (int from = 0; from < count * Entry.WORDS; from += Entry.WORDS) {
      int pack = numbers[Entry.pack(entries[from + 5])];
      if (pack >= 0) {
        System.arraycopy(entries, from, entries, kept, Entry.WORDS);
        entries[kept + 5] = Entry.inPack(entries[kept + 5], pack);
        kept += Entry.WORDS;
      }
    }
    return kept / Entry.WORDS;
  }

  private void packs(PackTable packs, int[] kept) throws IOException {
    for (int pack : kept) {
      id(packs.id(pack));
    }
    for (int pack : kept) {
      number(packs.blobs(pack));
    }
  }

  /// @return the further pairs that were written
  private int[] sources(BlobIndex index, PackTable packs, int[] kept, int[] numbers)
      throws IOException {
    List<String> names = List.copyOf(index.files());
    Map<String, Integer> byName = new HashMap<>();
    names.forEach(name -> byName.put(name, byName.size()));
    IndexSources sources = index.sources();
    for (int pack : kept) {
      number(byName.getOrDefault(sources.nameOf(packs.source(pack)), 0));
    }
    for (String name : names) {
      id(BlobId.parse(name));
    }
    int[] more = sources.more();
    int count = 0;
    for (int i = 0; i < more.length; i += 2) {
      Integer file = byName.get(sources.nameOf(more[i + 1]));
      if (numbers[more[i]] >= 0 && file != null) {
        more[count++] = numbers[more[i]];
        more[count++] = file;
      }
    }
    int[] pairs = Arrays.copyOf(more, count);
    ints(pairs);
    return pairs;
  }

  private void header(int packs, int files, int more, int bits) throws IOException {
    ByteBuffer header = ByteBuffer.allocateDirect(IndexCache.HEADER);
    header.order(ByteOrder.LITTLE_ENDIAN).putLong(IndexCache.MAGIC);
    header.putLong(repository.a()).putLong(repository.b());
    header.putLong(repository.c()).putLong(repository.d());
    header.putLong(written).putLong(Arrays.stream(counts).asLongStream().sum());
    header.putInt(packs).putInt(files).putInt(more).putInt(bits).putInt((int) crc.getValue());
    header.putInt(IndexCache.crc(MemorySegment.ofBuffer(header.duplicate().flip()))).flip();
    for (long at = 0; header.hasRemaining(); ) {
      at += to.write(header, at);
    }
  }

  private void id(BlobId id) throws IOException {
    longs(new long[] {id.a(), id.b(), id.c(), id.d()});
  }

  private void longs(long[] words) throws IOException {
    for (int at = 0; at < words.length; ) {
      int some = Math.min(words.length - at, buffer.remaining() / Long.BYTES);
      buffer.asLongBuffer().put(words, at, some);
      buffer.position(buffer.position() + some * Long.BYTES);
      at += some;
      if (buffer.remaining() < Long.BYTES) {
        flush();
      }
    }
  }

  private void ints(int[] numbers) throws IOException {
    for (int number : numbers) {
      number(number);
    }
  }

  private void number(int number) throws IOException {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    buffer.putInt(number);
  }

  private void bytes(ByteBuffer bytes) throws IOException {
    flush();
    crc.update(bytes.duplicate());
    written += bytes.remaining();
    write(bytes);
  }

  private void flush() throws IOException {
    buffer.flip();
    crc.update(buffer.duplicate());
    written += buffer.remaining();
    write(buffer);
    buffer.clear();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }
}
