package dev.backstay.ui.fx;

import dev.backstay.model.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Amounts and moments as the window writes them, in the laptop's time zone.
public final class Amounts {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Texts.LOCALE);

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Texts.LOCALE);

  private static final DateTimeFormatter THIS_YEAR =
      DateTimeFormatter.ofPattern("d MMM, HH:mm", Texts.LOCALE);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Texts.LOCALE);

  private Amounts() {}

  /// `1.5 GiB`, or a dash where the number is unknown (negative).
  public static String bytes(long amount) {
    return amount < 0 ? "–" : Units.bytes(amount);
  }

  public static String count(long number) {
    return number < 0 ? "–" : Units.count(number);
  }

  public static String rate(double bytesPerSecond) {
    return Units.bytes(bytesPerSecond) + "/s";
  }

  /// `3.42×`, or a dash where nothing stands against it.
  public static String ratio(double times) {
    return times > 0 && Double.isFinite(times) ? String.format(Locale.ROOT, "%.2f×", times) : "–";
  }

  /// `42s`, `3m05s`.
  public static String duration(Duration time) {
    return Units.duration(time);
  }

  /// `23 Nov 2026, 21:45:10`
  public static String moment(@Nullable Instant time) {
    return time == null ? "–" : MOMENT.withZone(ZoneId.systemDefault()).format(time);
  }

  /// `23 Nov 2026, 21:45`, for columns. Manifests have no time of their own: a dash.
  public static String minute(@Nullable Instant time) {
    return time == null || time.equals(Instant.EPOCH)
        ? "–"
        : MINUTE.withZone(ZoneId.systemDefault()).format(time);
  }

  /// `23 Nov, 21:45`, or `23 Nov 2024` of another year, where there is little room.
  public static String brief(Instant time, Instant now) {
    ZonedDateTime at = time.atZone(ZoneId.systemDefault());
    boolean thisYear = at.getYear() == now.atZone(ZoneId.systemDefault()).getYear();
    return (thisYear ? THIS_YEAR : DAY).format(at);
  }

  /// `just now`, `5m ago`, `2h ahead` (a clock is wrong then).
  public static String age(@Nullable Instant time, Instant now) {
    if (time == null) {
      return Texts.of("amount.never");
    }
    Duration age = Duration.between(time, now);
    if (age.isNegative() && age.abs().toSeconds() > 60) {
      return Texts.of("amount.ahead", span(age.abs()));
    }
    return age.toSeconds() < 10 ? Texts.of("amount.now") : Texts.of("amount.ago", span(age));
  }

  /// The largest unit only: `42s`, `5m`, `2h`, `12d`, `25y`.
  public static String span(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m";
    }
    if (seconds < 48 * 3600) {
      return seconds / 3600 + "h";
    }
    long days = seconds / 86400;
    return days < 2 * 365 ? days + "d" : days / 365 + "y";
  }
}
