package dev.backstay.repository.prune;

import dev.backstay.model.StorageException;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.util.ArrayList;
import java.util.List;

/// Writes index files and reads each back before anybody relies on it.
final class IndexWriting {

  private static final int BLOBS = 50_000;

  private IndexWriting() {}

  /// @param packs each whole
  static void write(PruneGround ground, List<IndexedPack> packs) {
    List<IndexedPack> batch = new ArrayList<>();
    int blobs = 0;
    for (IndexedPack pack : packs) {
      if (!batch.isEmpty() && blobs + pack.entries().size() > BLOBS) {
        writeOne(ground, batch);
        batch = new ArrayList<>();
        blobs = 0;
      }
      batch.add(pack);
      blobs += pack.entries().size();
    }
    if (!batch.isEmpty()) {
      writeOne(ground, batch);
    }
  }

  private static void writeOne(PruneGround ground, List<IndexedPack> packs) {
    String name = ground.files().save(FileKind.INDEX, IndexFile.encode(packs));
    List<IndexedPack> back = new ArrayList<>();
    StoreKey key = new StoreKey(FileKind.INDEX, name);
    IndexFile.decode(
        ground.files().load(key), key, (pack, entries) -> back.add(new IndexedPack(pack, entries)));
    if (!back.equals(packs)) {
      throw new StorageException(
          "prune.index-differs",
          "the index file " + name + " did not come back as it was written",
          "check the storage: nothing that is needed was deleted");
    }
  }
}
