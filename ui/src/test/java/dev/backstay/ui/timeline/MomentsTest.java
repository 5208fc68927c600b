package dev.backstay.ui.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MomentsTest {

  /// 11:00 in Berlin.
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Optional<Instant> end(String text) {
    return Moments.parse(text, NOW, BERLIN, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10:30               | 2026-11-24T09:30:00Z",
        "9:05:07             | 2026-11-24T08:05:07Z",
        "14:30               | 2026-11-23T13:30:00Z",
        "2026-11-20 14:30    | 2026-11-20T13:30:00Z",
        "20 Nov 2026, 14:30  | 2026-11-20T13:30:00Z",
        "3 jul 2026 07:00:01 | 2026-07-03T05:00:01Z",
        "2026-11-20          | 2026-11-20T22:59:59Z",
        "20 Nov 2026         | 2026-11-20T22:59:59Z",
        "2026-11-20T14:30:00Z | 2026-11-20T14:30:00Z",
        "2026-11-20T14:30:00+01:00 | 2026-11-20T13:30:00Z",
        "3h                  | 2026-11-24T07:00:00Z",
        "2d ago              | 2026-11-22T10:00:00Z",
        "90 m                | 2026-11-24T08:30:00Z"
      })
  void readsWhatPeopleWrite(String text, String moment) {
    assertEquals(Optional.of(Instant.parse(moment)), end(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "25:00", "2026-02-30", "12", "2026-13-01", "-3h", "99999999999d", "T"})
  void saysWhatIsNoMoment(String text) {
    assertEquals(Optional.empty(), end(text));
  }

  @Test
  void aDayBeginsOrEnds() {
    assertEquals(
        Optional.of(Instant.parse("2026-11-19T23:00:00Z")),
        Moments.parse("2026-11-20", NOW, BERLIN, false));
  }
}
