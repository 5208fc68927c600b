package dev.backstay.repository.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Times of trees, snapshots and locks.
class GoTimeFuzzTest {

  private record Parts(long seconds, int nanos, int offset) {}

  @FuzzTest
  void parses(byte[] data) {
    Parts parts;
    try {
      parts = GoTime.parse(new String(data, StandardCharsets.ISO_8859_1), Parts::new);
    } catch (IllegalArgumentException e) {
      return;
    }
    String text = GoTime.format(parts.seconds(), parts.nanos(), parts.offset());
    assertEquals(parts, GoTime.parse(text, Parts::new), text);
  }
}
