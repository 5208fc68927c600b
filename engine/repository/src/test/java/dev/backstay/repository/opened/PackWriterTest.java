package dev.backstay.repository.opened;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.StoredFile;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Index files that are written on the way.
@Timeout(120)
class PackWriterTest {

  private static final int MOST = 40;
  private static final CancelToken CANCEL = new CancelToken();

  private final MemoryStore store = new MemoryStore();
  private final Opened opened = opened();

  private Opened opened() {
    SecureRandom random = new SecureRandom();
    MasterKey key = MasterKey.random(random);
    CodecPool codecs = new CodecPool(key, random, 2);
    return new Opened(
        store,
        new SealedFiles(store, codecs),
        codecs,
        key,
        "",
        2,
        random,
        InstantSource.system(),
        "host",
        "user",
        2,
        4,
        Duration.ZERO,
        List::of);
  }

  private int blobs(StoredFile index) {
    List<Integer> counts = new ArrayList<>();
    IndexFile.decode(
        opened.files().load(index.key()), index.key(), (_, entries) -> counts.add(entries.size()));
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  private void assertAllIsIndexed(List<BlobId> saved) {
    BlobIndex index = IndexLoad.of(opened, CANCEL).index();
    saved.forEach(id -> assertTrue(index.contains(BlobKind.DATA, id), id::toString));
    assertEquals(saved.size(), index.size());
  }

  /// Large blobs that nothing compresses: a few in each pack.
  private static byte[] blob(int seed) {
    byte[] bytes = new byte[2_500_000];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void anIndexFileIsClosedWhenItIsFull() {
    List<BlobId> saved = new ArrayList<>();
    try (PackWriter writer = new PackWriter(opened, true, 3)) {
      for (int i = 0; i < 60; i++) {
        saved.add(writer.save(BlobKind.DATA, blob(i)));
      }
      writer.flush(CANCEL);
    }
    assertAllIsIndexed(saved);
    int packs = store.list(FileKind.PACK).size();
    assertTrue(packs > 6, "packs: " + packs);
    int most = store.list(FileKind.INDEX).stream().mapToInt(this::blobs).max().orElseThrow();
    // One pack more than fits closes it.
    assertTrue(most < 3 + 8, "blobs in one index file: " + most);
    assertTrue(store.list(FileKind.INDEX).size() >= packs / 3);
  }

  @Test
  void manySmallPacksAreSplitToo() {
    List<BlobId> saved = new ArrayList<>();
    try (PackWriter writer = new PackWriter(opened, true, MOST)) {
      for (int round = 0; round < 5; round++) {
        for (int i = 0; i < MOST - 1; i++) {
          byte[] plain = ("blob " + round + " " + i).getBytes(StandardCharsets.UTF_8);
          saved.add(writer.save(BlobKind.DATA, plain));
        }
        writer.flush(CANCEL);
      }
    }
    assertAllIsIndexed(saved);
    store.list(FileKind.INDEX).forEach(file -> assertTrue(blobs(file) < 2 * MOST, file::toString));
  }
}
