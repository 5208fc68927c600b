package dev.backstay.ui.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeScaleTest {

  private static final Instant NOW = Instant.parse("2026-11-23T21:45:10Z");

  @ParameterizedTest
  @ValueSource(longs = {1, 60, 3_600, 86_400, 2_592_000, 31_536_000, 630_720_000})
  void everyMomentIsInViewAndTicksAreFew(long secondsAgo) {
    Instant first = NOW.minusSeconds(secondsAgo);
    TimeScale scale = TimeScale.around(List.of(first, NOW), NOW);
    assertTrue(scale.at(first) > 0 && scale.at(first) < 1);
    assertTrue(scale.at(NOW) > 0 && scale.at(NOW) < 1);
    List<TimeScale.Tick> ticks = scale.ticks(8, ZoneOffset.UTC);
    assertTrue(ticks.size() <= 9, ticks.toString());
    ticks.forEach(tick -> assertTrue(scale.at(tick.time()) >= 0 && scale.at(tick.time()) <= 1));
  }

  @Test
  void aClockThatIsAheadIsStillInView() {
    Instant ahead = NOW.plus(Duration.ofDays(3));
    TimeScale scale = TimeScale.around(List.of(NOW.minusSeconds(60), ahead), NOW);
    assertTrue(scale.at(ahead) < 1);
  }

  @Test
  void withoutMomentsThereIsADay() {
    TimeScale scale = TimeScale.around(List.of(), NOW);
    assertEquals(1, Math.round(Duration.between(scale.from(), scale.to()).toHours() / 27.0));
  }

  @Test
  void comesCloserAboutAMomentAndNoFurtherAwayThanTheWhole() {
    Instant end = Instant.parse("2026-11-24T10:00:00Z");
    TimeScale whole = new TimeScale(end.minusSeconds(100_000), end);
    Instant about = end.minusSeconds(25_000);
    TimeScale close = whole.zoom(4, about, whole);
    assertEquals(whole.at(about), close.at(about), 1e-6);
    assertEquals(25_000, Duration.between(close.from(), close.to()).toSeconds());
    assertEquals(whole, close.zoom(0.1, about, whole));
    TimeScale closest = whole.zoom(1e9, about, whole);
    assertEquals(60, Duration.between(closest.from(), closest.to()).toSeconds());
    Instant elsewhere = end.minusSeconds(90_000);
    double seen = close.showing(elsewhere, whole).at(elsewhere);
    assertTrue(seen >= 0 && seen <= 1, "at " + seen);
    assertEquals(close, close.showing(about, whole), "it is in view already");
  }
}
