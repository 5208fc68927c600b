package dev.backstay.repository.json;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Times as Go's `time.RFC3339Nano` writes them: trailing zeros cut, years clamped to 0 to 9999.
public final class GoTime {

  private static final int NANO_DIGITS = 9;

  private GoTime() {}

  /// Receives a parsed time.
  @FunctionalInterface
  public interface Parts<T> {
    T of(long seconds, int nanos, int offsetMinutes);
  }

  public static String format(Instant time) {
    return format(time.getEpochSecond(), time.getNano(), 0);
  }

  /// @param offsetMinutes of the zone in which it is written
  public static String format(long seconds, int nanos, int offsetMinutes) {
    long bound = LocalDateTime.MAX.toEpochSecond(ZoneOffset.UTC) - 86_400;
    long local = Math.clamp(seconds + offsetMinutes * 60L, -bound, bound);
    LocalDateTime time = LocalDateTime.ofEpochSecond(local, nanos, ZoneOffset.UTC);
    time = time.withYear(Math.clamp(time.getYear(), 0, 9999));
    StringBuilder text = new StringBuilder(35);
    pad(text, time.getYear(), 4).append('-');
    pad(text, time.getMonthValue(), 2).append('-');
    pad(text, time.getDayOfMonth(), 2).append('T');
    pad(text, time.getHour(), 2).append(':');
    pad(text, time.getMinute(), 2).append(':');
    pad(text, time.getSecond(), 2);
    if (nanos != 0) {
      pad(text.append('.'), nanos, NANO_DIGITS);
      while (text.charAt(text.length() - 1) == '0') {
        text.setLength(text.length() - 1);
      }
    }
    return zone(text, offsetMinutes);
  }

  private static String zone(StringBuilder text, int offsetMinutes) {
    if (offsetMinutes == 0) {
      return text.append('Z').toString();
    }
    text.append(offsetMinutes < 0 ? '-' : '+');
    pad(text, Math.abs(offsetMinutes) / 60, 2).append(':');
    return pad(text, Math.abs(offsetMinutes) % 60, 2).toString();
  }

  private static StringBuilder pad(StringBuilder text, int value, int digits) {
    int from = text.length();
    text.append(value);
    while (text.length() - from < digits) {
      text.insert(from, '0');
    }
    return text;
  }

  public static Instant parse(String text) {
    return parse(text, (seconds, nanos, _) -> Instant.ofEpochSecond(seconds, nanos));
  }

  /// @throws IllegalArgumentException if it is no such time
  public static <T> T parse(String text, Parts<T> parts) {
    int zone = text.endsWith("Z") ? text.length() - 1 : text.length() - 6;
    if (zone < 19) {
      throw new IllegalArgumentException("not a time: " + text);
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(text, 0, 4, '-'),
              number(text, 5, 7, '-'),
              number(text, 8, 10, 'T'),
              number(text, 11, 13, ':'),
              number(text, 14, 16, ':'),
              digits(text, 17, 19));
      int offset = offset(text, zone);
      return parts.of(
          local.toEpochSecond(ZoneOffset.UTC) - offset * 60L, nanos(text, zone), offset);
    } catch (java.time.DateTimeException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a time: " + text, e);
    }
  }

  private static int number(String text, int from, int to, char behind) {
    if (text.charAt(to) != behind) {
      throw new IllegalArgumentException("not a time: " + text);
    }
    return digits(text, from, to);
  }

  /// Nothing but digits: no signs.
  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw new IllegalArgumentException("not a time: " + text);
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  private static int nanos(String text, int zone) {
    if (zone == 19) {
      return 0;
    }
    int digits = zone - 20;
    if (text.charAt(19) != '.' || digits < 1 || digits > NANO_DIGITS) {
      throw new IllegalArgumentException("not a time: " + text);
    }
    int nanos = digits(text, 20, zone);
    for (int i = digits; i < NANO_DIGITS; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static int offset(String text, int zone) {
    char sign = text.charAt(zone);
    if (sign == 'Z') {
      return 0;
    }
    int hours = number(text, zone + 1, zone + 3, ':');
    int minutes = digits(text, zone + 4, zone + 6);
    if ((sign != '+' && sign != '-') || hours > 24 || minutes > 59) {
      throw new IllegalArgumentException("not a time: " + text);
    }
    return (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
  }
}
