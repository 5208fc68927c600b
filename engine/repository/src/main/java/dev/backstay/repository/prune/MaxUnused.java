package dev.backstay.repository.prune;

import dev.backstay.model.InvalidInputException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much unused space a prune leaves where repacking is not worth the work, as restic's
/// `--max-unused`.
///
/// @param percent of the whole repository; negative if it is an amount
/// @param bytes the amount
public record MaxUnused(double percent, long bytes) {

  /// restic's default: 5 %.
  public static final MaxUnused DEFAULT = new MaxUnused(5, 0);

  /// Never repacks because of unused space.
  public static final MaxUnused UNLIMITED = new MaxUnused(-1, Long.MAX_VALUE);

  /// Leaves none.
  public static final MaxUnused NONE = new MaxUnused(-1, 0);

  private static final Pattern SIZE = Pattern.compile("(\\d+)([KMGT]?)(?:B|iB)?");
  private static final int MOST_DIGITS = 12;

  /// @param text `5%`, `200M`, `0` or `unlimited`
  public static MaxUnused parse(String text) {
    if (text.equalsIgnoreCase("unlimited")) {
      return UNLIMITED;
    }
    if (text.endsWith("%")) {
      return new MaxUnused(percent(text), 0);
    }
    return new MaxUnused(-1, size(text));
  }

  private static double percent(String text) {
    try {
      double percent = Double.parseDouble(text.substring(0, text.length() - 1).strip());
      if (percent >= 0 && percent < 100) {
        return percent;
      }
    } catch (NumberFormatException e) {
      throw bad(text);
    }
    throw bad(text);
  }

  /// Bytes as restic writes them: a number, with K, M, G or T for powers of 1024.
  ///
  /// @throws InvalidInputException if it is no size
  public static long size(String text) {
    Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT).replace("IB", "iB"));
    if (!matcher.matches() || matcher.group(1).length() > MOST_DIGITS) {
      throw bad(text);
    }
    int power = matcher.group(2).isEmpty() ? 0 : "KMGT".indexOf(matcher.group(2)) + 1;
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
    } catch (ArithmeticException e) {
      throw bad(text);
    }
  }

  private static InvalidInputException bad(String text) {
    return new InvalidInputException(
        "prune.bad-size",
        "'" + text + "' is no size",
        "write a number of bytes as in 200M, a share as in 5%, or 'unlimited'");
  }

  /// @param used bytes that snapshots need
  long of(long used) {
    return percent < 0 ? bytes : (long) (percent / (100 - percent) * used);
  }
}
