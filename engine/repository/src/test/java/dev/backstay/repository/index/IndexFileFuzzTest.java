package dev.backstay.repository.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstay.repository.fuzz.Fuzzing;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import java.util.ArrayList;
import java.util.List;

/// Index files.
class IndexFileFuzzTest {

  @FuzzTest
  void decodes(byte[] data) {
    Fuzzing.refusesOrReads(() -> {
      List<IndexedPack> packs = packs(data);
      assertEquals(packs, packs(IndexFile.encode(packs)));
      BlobIndex index = new BlobIndex();
      packs.forEach(pack -> index.add(pack.id(), pack.entries()));
      for (IndexedPack pack : packs) {
        pack.entries().forEach(entry -> index.findAll(entry.kind(), entry.id()));
      }
      index.packSizes();
    });
  }

  private static List<IndexedPack> packs(byte[] json) {
    List<IndexedPack> packs = new ArrayList<>();
    IndexFile.decode(json, "it", (pack, entries) -> packs.add(new IndexedPack(pack, entries)));
    return packs;
  }
}
