package dev.backstay.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstay.model.StoreOptions.Choice;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreOptionsTest {

  @Test
  void namesHaveSeveralSpellings() {
    for (String name : new String[] {"storage-class", "storageClass", "s3.storage-class"}) {
      assertEquals("X", StoreOptions.of(Map.of(name, "X")).storageClass());
    }
    assertEquals(Choice.ON, StoreOptions.of(Map.of("s3.bucket-lookup", "path")).pathStyle());
    assertEquals(Choice.OFF, StoreOptions.of(Map.of("s3.bucket-lookup", "dns")).pathStyle());
    assertEquals(Choice.ON, StoreOptions.of(Map.of("pathStyle", "true")).pathStyle());
  }

  @Test
  void valuesHaveUnits() {
    StoreOptions options =
        StoreOptions.of(
            Map.of(
                "upload-rate", "500KiB", "cache-size", "3 GiB", "retention", "2w", "retry", "90s"));
    assertEquals(500 << 10, options.uploadRate());
    assertEquals(3L << 30, options.cacheSize());
    assertEquals(Optional.of(Duration.ofDays(14)), Optional.ofNullable(options.retention()));
    assertEquals(Duration.ofSeconds(90), options.retry());
  }

  @Test
  void whatIsWrittenDownReadsBack() {
    assertEquals(Map.of(), StoreOptions.DEFAULT.named());
    Map<String, String> some =
        Map.of(
            "region", "eu-west-1",
            "profile", "p",
            "path-style", "on",
            "retention", "30d",
            "retention-mode", "compliance",
            "connections", "3",
            "upload-rate", "7",
            "instance-metadata", "on",
            "cache-size", "0");
    StoreOptions options = StoreOptions.of(some);
    assertEquals(options, StoreOptions.of(options.named()));
    StoreOptions found = options.with("us-east-2", true, true, false);
    assertEquals("us-east-2", found.region());
    assertEquals(Choice.OFF, found.conditionalPut());
    assertEquals(found, StoreOptions.of(found.named()));
  }

  @ParameterizedTest
  @CsvSource({
    "no-such-option,1",
    "path-style,maybe",
    "connections,many",
    "retention,soon",
    "upload-rate,fast",
    "retention-mode,strict",
  })
  void whatIsNotKnownIsRefused(String name, String value) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> StoreOptions.of(Map.of(name, value)));
    assertEquals("store.bad-option", e.code());
  }
}
