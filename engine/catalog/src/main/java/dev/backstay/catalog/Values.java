package dev.backstay.catalog;

import dev.backstay.model.ItemFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Between the house's values and what the columns take.
final class Values {

  private static final long SECOND = 1_000_000_000L;
  private static final long LAST = Long.MAX_VALUE / SECOND - 1;

  private Values() {}

  /// Nanoseconds since 1970; times before 1678 and after 2262, which only a hostile snapshot has,
  /// become the first or last one that fits.
  static long nanos(Instant time) {
    long seconds = Math.clamp(time.getEpochSecond(), -LAST, LAST);
    return seconds * SECOND + time.getNano();
  }

  static @Nullable Long nanosOrNull(@Nullable Instant time) {
    return time == null ? null : nanos(time);
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    long nanos = row.getLong(column);
    return row.wasNull() ? null : instant(nanos);
  }

  /// Cuts what no honest row has, without cutting a character in two.
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  static @Nullable String cutOrNull(@Nullable String text, int length) {
    return text == null ? null : cut(text, length);
  }

  static ItemFailure item(ResultSet row) throws SQLException {
    return new ItemFailure(
        row.getString("item"),
        row.getString("code"),
        row.getString("message"),
        row.getString("remedy"));
  }
}
