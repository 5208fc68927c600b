package dev.backstay.model;

import java.time.Duration;
import java.util.Locale;

/// Amounts as people read them. Machines get plain integers.
public final class Units {

  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Units() {}

  /// `0 B`, `1.5 GiB`, `340 MiB`.
  public static String bytes(long amount) {
    return bytes((double) amount);
  }

  /// The same for a rate.
  public static String bytes(double amount) {
    int unit = 0;
    double rest = amount;
    while (rest >= 1024 && unit < BYTES.length - 1) {
      rest /= 1024;
      unit++;
    }
    String digits = unit == 0 || rest >= 100 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, digits, rest, BYTES[unit]);
  }

  /// `42s`, `3m05s`, `2h07m`, `12d`.
  public static String duration(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
    }
    if (seconds < 48 * 3600) {
      return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds % 3600 / 60);
    }
    return seconds / 86400 + "d";
  }

  /// A number with thin grouping, such as `20,000`.
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
