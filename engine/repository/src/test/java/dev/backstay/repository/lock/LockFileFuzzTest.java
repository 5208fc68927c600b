package dev.backstay.repository.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstay.repository.fuzz.Fuzzing;

/// Locks.
class LockFileFuzzTest {

  @FuzzTest
  void decodes(byte[] data) {
    Fuzzing.refusesOrReads(() -> {
      LockFile lock = LockFile.decode(data, "it");
      assertEquals(lock, LockFile.decode(lock.encode(), "it"));
      assertFalse(lock.describe().isEmpty());
    });
  }
}
