package dev.backstay.ui.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitsTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "500,500",
    "500 B,500",
    "64Ki,65536",
    "64 KiB,65536",
    "1.5Gi,1610612736",
    "20M,20971520",
    "1kb,1024"
  })
  void readsSizes(String text, long bytes) {
    assertEquals(Optional.of(bytes), Limits.size(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "much", "-1", "1.2.3", "5 XiB", "1e9", "5 iB"})
  void saysWhatIsNoSize(String text) {
    assertEquals(Optional.empty(), Limits.size(text));
  }
}
