package dev.backstay.repository.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.cache.CacheFolder;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.pack.PackEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A cache file that was harmed is as if it were not there.
@Timeout(120)
class IndexCacheTest {

  private static final String REPOSITORY = "cd".repeat(32);

  @TempDir Path folder;

  private final Random random = new Random(3);

  private IndexCache cache() {
    return new IndexCache(CacheFolder.of(folder, "r"), REPOSITORY);
  }

  private Path file() {
    return folder.resolve("r").resolve(IndexCache.NAME);
  }

  private BlobId id() {
    return new BlobId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private BlobIndex index(int packs, int blobs) {
    List<IndexedPack> all = new ArrayList<>();
    for (int pack = 0; pack < packs; pack++) {
      List<PackEntry> entries = new ArrayList<>();
      for (int i = 0; i < blobs; i++) {
        entries.add(new PackEntry(BlobKind.DATA, id(), i * 100L, 100, i % 2 * 50));
      }
      all.add(new IndexedPack(id().hex(), entries));
    }
    BlobIndex index = new BlobIndex();
    index.add(id().hex(), IndexParser.parse(IndexFile.encode(all), "x"));
    return index;
  }

  @Test
  void everyFlippedByteIsFound() throws Exception {
    assertTrue(cache().write(index(3, 5)));
    byte[] good = Files.readAllBytes(file());
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 << (at % 8));
      Files.write(file(), bad);
      int place = at;
      assertTrue(cache().read().isEmpty(), () -> "flipped byte " + place + " of " + good.length);
    }
    Files.write(file(), good);
    assertEquals(15, cache().read().orElseThrow().size());
  }

  @Test
  void everyTruncationIsFound() throws Exception {
    assertTrue(cache().write(index(3, 5)));
    byte[] good = Files.readAllBytes(file());
    for (int length = 0; length < good.length; length += 7) {
      Files.write(file(), Arrays.copyOf(good, length));
      assertTrue(cache().read().isEmpty());
    }
    Files.write(file(), Arrays.copyOf(good, good.length + 1));
    assertTrue(cache().read().isEmpty());
  }

  @Test
  void theFileOfAnotherRepositoryIsNotTaken() {
    assertTrue(cache().write(index(1, 1)));
    assertTrue(new IndexCache(CacheFolder.of(folder, "r"), "ef".repeat(32)).read().isEmpty());
  }

  @Test
  void aFolderThatCannotBeWrittenCostsSpeedOnly() throws Exception {
    Files.writeString(folder.resolve("r"), "in the way");
    assertTrue(!cache().write(index(1, 1)) && cache().read().isEmpty());
  }

  @Test
  void manyBlobsTakeLittleMemory() {
    int blobs = 200_000;
    BlobIndex index = new BlobIndex();
    BlobIndex.Load load = index.load();
    for (int file = 0; file < 4; file++) {
      ParsedIndex parsed = new ParsedIndex();
      for (int pack = 0; pack < blobs / 4 / 16; pack++) {
        parsed.add(id(), IntStream.range(0, 16).mapToObj(this::entry).toList());
      }
      load.add(id().hex(), parsed);
    }
    load.finish();
    assertEquals(blobs, index.size());
    double each = (double) index.memory() / blobs;
    assertTrue(each <= 64, () -> each + " bytes a blob");
    index.close();
  }

  private PackEntry entry(int number) {
    return new PackEntry(BlobKind.DATA, id(), number * 100L, 100, 0);
  }
}
