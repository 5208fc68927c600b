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

  private static List<BlobId> save(PackWriter writer, int round, int count) {
    List<BlobId> saved = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] plain = ("blob " + round + " " + i).getBytes(StandardCharsets.UTF_8);
      saved.add(writer.save(BlobKind.DATA, plain));
    }
    writer.flush(CANCEL);
    return saved;
  }

  @Test
  void anIndexFileIsClosedWhenItHasEnoughBlobs() {
    List<BlobId> saved = new ArrayList<>();
    try (PackWriter writer = new PackWriter(opened, true, MOST)) {
      // The more is stored, the more packs share an index file.
      for (int round = 0; round < 40; round++) {
        saved.addAll(save(writer, round, 8));
      }
      long before = store.list(FileKind.INDEX).size();
      // Two packs with more blobs each than one index file is to have.
      saved.addAll(save(writer, 40, 4 * MOST));
      assertEquals(before + 2, store.list(FileKind.INDEX).size());
    }
    assertAllIsIndexed(saved);
    store.list(FileKind.INDEX).forEach(file -> assertTrue(blobs(file) < 3 * MOST, file::toString));
  }
}
