package dev.backstay.repository.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.fuzz.Fuzzing;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.StoreKey;
import java.security.SecureRandom;
import java.util.Arrays;

/// Sealed frames: as they come from a store, and with a seal that holds around anything.
class SealedFrameFuzzTest {

  private static final MasterKey KEY = MasterKey.of(key());
  private static final BlobId NOBODY = BlobId.parse("0".repeat(64));

  private static byte[] key() {
    byte[] key = new byte[64];
    Arrays.fill(key, (byte) 7);
    return key;
  }

  @FuzzTest
  void opens(byte[] data) {
    try (CodecPool codecs = new CodecPool(KEY, new SecureRandom(), 1)) {
      assertTrue(codecs.with(codec -> codec.open(data, new byte[data.length])) < 0);
      for (int plain : new int[] {0, 1, data.length, 100_000}) {
        refuses(codecs, data, plain);
        refuses(codecs, codecs.with(codec -> codec.seal(data)), plain);
      }
      load(codecs, data);
      load(codecs, codecs.with(codec -> codec.seal(data)));
    }
  }

  private static void refuses(CodecPool codecs, byte[] bytes, int plain) {
    int size = codecs.with(codec -> codec.decode(bytes, 0, bytes.length, plain, NOBODY));
    assertEquals(-1, size);
  }

  private static void load(CodecPool codecs, byte[] stored) {
    MemoryStore store = new MemoryStore();
    StoreKey key = new StoreKey(FileKind.INDEX, SealedFiles.id(stored));
    store.put(key, stored);
    Fuzzing.refusesOrReads(() -> new SealedFiles(store, codecs).load(key));
  }
}
