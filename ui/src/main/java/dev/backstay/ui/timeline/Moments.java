package dev.backstay.ui.timeline;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Moments as somebody types them.
public final class Moments {

  private static final Pattern AGO = Pattern.compile("(\\d{1,6})\\s*([smhdw])(?:\\s*ago)?");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("H:mm[:ss]", Locale.ENGLISH);

  /// `2026-11-24`, `24 Nov 2026`, either with `, 14:30` or ` 14:30:05` behind it.
  private static final DateTimeFormatter DAY =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("[uuuu-MM-dd][d MMM uuuu][[','] [' ']H:mm[:ss]]")
          .toFormatter(Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  private Moments() {}

  /// `14:30` (the last time that it was), `2026-11-24 14:30`, `24 Nov 2026, 14:30`, an ISO time
  /// with a zone, `3h` or `2d ago`.
  ///
  /// @param zone of what has none
  /// @param end whether a day alone means its last second; else its first
  /// @return empty if it is no moment
  public static Optional<Instant> parse(String text, Instant now, ZoneId zone, boolean end) {
    String words = text.strip();
    Matcher ago = AGO.matcher(words.toLowerCase(Locale.ROOT));
    try {
      if (ago.matches()) {
        return Optional.of(now.minus(length(ago.group(2)).multipliedBy(number(ago))));
      }
      return Optional.of(words.contains("T") ? exact(words) : local(words, now, zone, end));
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static long number(Matcher ago) {
    return Long.parseLong(ago.group(1));
  }

  private static Duration length(String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }

  private static Instant exact(String text) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
  }

  private static Instant local(String text, Instant now, ZoneId zone, boolean end) {
    if (text.length() <= 8 && text.contains(":")) {
      LocalTime time = TIME.parse(text, LocalTime::from);
      Instant today = now.atZone(zone).with(time).toInstant();
      return today.isAfter(now) ? now.atZone(zone).minusDays(1).with(time).toInstant() : today;
    }
    TemporalAccessor parsed = DAY.parseBest(text, LocalDateTime::from, LocalDate::from);
    if (parsed instanceof LocalDateTime time) {
      return time.atZone(zone).toInstant();
    }
    LocalDate day = (LocalDate) parsed;
    return end
        ? day.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1)
        : day.atStartOfDay(zone).toInstant();
  }
}
