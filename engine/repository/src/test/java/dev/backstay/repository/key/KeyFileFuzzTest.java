package dev.backstay.repository.key;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstay.repository.fuzz.Fuzzing;

/// Key files: strangers may write them, and they say how much memory opening them takes.
class KeyFileFuzzTest {

  @FuzzTest
  void parses(byte[] data) {
    Fuzzing.refusesOrReads(() -> KeyFile.parse(data, "it").about());
  }
}
