package dev.backstay.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstay.repository.fuzz.Fuzzing;

/// The config.
class ConfigFuzzTest {

  @FuzzTest
  void decodes(byte[] data) {
    Fuzzing.refusesOrReads(() -> {
      Config config = Config.decode(data);
      assertEquals(config, Config.decode(config.encode()));
    });
  }
}
