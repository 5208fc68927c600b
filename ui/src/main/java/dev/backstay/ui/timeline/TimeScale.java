package dev.backstay.ui.timeline;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which stretch of time an axis shows, and where in it a moment stands.
///
/// @param from its left end
/// @param to its right end, later than the left one
public record TimeScale(Instant from, Instant to) {

  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /// A labelled line.
  public record Tick(Instant time, String label) {}

  /// Distances between ticks, and how they are written.
  private enum Step {
    MINUTE(ChronoUnit.MINUTES, 1, "HH:mm"),
    MINUTES_10(ChronoUnit.MINUTES, 10, "HH:mm"),
    HOUR(ChronoUnit.HOURS, 1, "HH:mm"),
    HOURS_6(ChronoUnit.HOURS, 6, "d MMM HH:mm"),
    DAY(ChronoUnit.DAYS, 1, "d MMM"),
    WEEK(ChronoUnit.DAYS, 7, "d MMM"),
    MONTH(ChronoUnit.MONTHS, 1, "MMM yyyy"),
    QUARTER(ChronoUnit.MONTHS, 3, "MMM yyyy"),
    YEAR(ChronoUnit.YEARS, 1, "yyyy"),
    DECADE(ChronoUnit.YEARS, 10, "yyyy");

    private final ChronoUnit unit;
    private final int count;
    private final DateTimeFormatter format;

    Step(ChronoUnit unit, int count, String pattern) {
      this.unit = unit;
      this.count = count;
      this.format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    Duration length() {
      return unit.getDuration().multipliedBy(count);
    }

    ZonedDateTime first(ZonedDateTime from) {
      ZonedDateTime day = from.truncatedTo(ChronoUnit.DAYS);
      return switch (unit) {
        case MINUTES -> {
          ZonedDateTime hour = from.truncatedTo(ChronoUnit.HOURS);
          yield hour.plusMinutes((from.getMinute() / count + 1L) * count);
        }
        case HOURS -> day.plusHours((from.getHour() / count + 1L) * count);
        case DAYS -> day.plusDays(1);
        case MONTHS -> day.withDayOfMonth(1).plusMonths(count - (from.getMonthValue() - 1) % count);
        default -> day.withDayOfYear(1).plusYears(count - from.getYear() % count);
      };
    }
  }

  public TimeScale {
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException(from + " is not before " + to);
    }
  }

  /// Wide enough for all moments, with a margin; ends now or later.
  public static TimeScale around(List<Instant> moments, Instant now) {
    Instant first = moments.stream().min(Instant::compareTo).orElse(now.minus(Duration.ofDays(1)));
    Instant last = moments.stream().max(Instant::compareTo).filter(now::isBefore).orElse(now);
    Duration span = Duration.between(first, last);
    Duration shown = span.compareTo(SHORTEST) < 0 ? SHORTEST : span;
    Duration margin = shown.dividedBy(16);
    return new TimeScale(last.minus(shown).minus(margin), last.plus(margin));
  }

  /// Closer, or further away for factors below 1; the moment in the middle of attention stays where
  /// it is, as far as the whole allows. The whole itself is as far away as it gets.
  ///
  /// @param about a moment that is shown
  public TimeScale zoom(double factor, Instant about, TimeScale whole) {
    double span = Math.max(seconds(SHORTEST), seconds(Duration.between(from, to)) / factor);
    if (span >= seconds(Duration.between(whole.from, whole.to))) {
      return whole;
    }
    Instant left = about.minus(of(span * Math.clamp(at(about), 0, 1)));
    return within(left, of(span), whole);
  }

  /// A stretch of time with some room at both sides.
  static TimeScale closeUp(Instant first, Instant last, TimeScale whole) {
    Duration span = Duration.between(first, last);
    Duration shown = span.plus(span.dividedBy(2));
    shown = shown.compareTo(SHORTEST) < 0 ? SHORTEST : shown;
    Instant middle = first.plus(span.dividedBy(2));
    return seconds(shown) >= seconds(Duration.between(whole.from, whole.to))
        ? whole
        : within(middle.minus(shown.dividedBy(2)), shown, whole);
  }

  private static TimeScale within(Instant left, Duration span, TimeScale whole) {
    Instant last = whole.to.minus(span);
    Instant from = left.isAfter(last) ? last : left;
    from = from.isBefore(whole.from) ? whole.from : from;
    return new TimeScale(from, from.plus(span));
  }

  /// The same width, moved so that a moment is in view.
  TimeScale showing(Instant time, TimeScale whole) {
    double at = at(time);
    if (at >= 0 && at <= 1) {
      return this;
    }
    Duration span = Duration.between(from, to);
    return within(time.minus(span.dividedBy(2)), span, whole);
  }

  private static Duration of(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  /// 0 at the left end, 1 at the right one; beyond for moments outside.
  public double at(Instant time) {
    return seconds(Duration.between(from, time)) / seconds(Duration.between(from, to));
  }

  private static double seconds(Duration time) {
    return time.getSeconds() + time.getNano() / 1e9;
  }

  /// Lines at round moments, at most so many.
  public List<Tick> ticks(int most, ZoneId zone) {
    Duration span = Duration.between(from, to);
    for (Step step : Step.values()) {
      if (span.dividedBy(Math.max(1, most)).compareTo(step.length()) <= 0) {
        return ticks(step, zone);
      }
    }
    return List.of();
  }

  private List<Tick> ticks(Step step, ZoneId zone) {
    List<Tick> ticks = new ArrayList<>();
    ZonedDateTime time = step.first(from.atZone(zone));
    while (time.toInstant().isBefore(to)) {
      ticks.add(new Tick(time.toInstant(), step.format.format(time)));
      time = time.plus(step.count, step.unit);
    }
    return ticks;
  }
}
