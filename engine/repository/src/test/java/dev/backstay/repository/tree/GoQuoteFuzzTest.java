package dev.backstay.repository.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Names in trees: any bytes survive, and any text is refused or read.
class GoQuoteFuzzTest {

  @FuzzTest
  void quotes(byte[] data) {
    String quoted = new String(GoQuote.quote(data), StandardCharsets.UTF_8);
    assertArrayEquals(data, GoQuote.unquote(quoted), quoted);
    byte[] read = GoQuote.unquote(new String(data, StandardCharsets.UTF_8));
    if (read != null) {
      String again = new String(GoQuote.quote(read), StandardCharsets.UTF_8);
      assertArrayEquals(read, GoQuote.unquote(again), again);
    }
  }
}
