package dev.backstay.repository.forget;

import dev.backstay.model.InvalidInputException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A length of time as restic writes it: `1y5m7d2h`.
public record KeepSpan(int years, int months, int days, int hours) {

  public static final KeepSpan NONE = new KeepSpan(0, 0, 0, 0);

  private static final Pattern PART = Pattern.compile("(\\d{1,6})([ymdh])");

  /// @throws InvalidInputException if it is no such span
  public static KeepSpan parse(String text) {
    int[] parts = new int[4];
    Matcher matcher = PART.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      parts["ymdh".indexOf(matcher.group(2))] = Integer.parseInt(matcher.group(1));
      end = matcher.end();
    }
    if (end != text.length()) {
      throw new InvalidInputException(
          "forget.bad-span",
          "'" + text + "' is no length of time",
          "write years, months, days and hours as in 1y5m7d2h");
    }
    return new KeepSpan(parts[0], parts[1], parts[2], parts[3]);
  }

  public boolean isNone() {
    return equals(NONE);
  }

  /// The moment that lies this long before another. Days that a month does not have run over into
  /// the next month, as Go's `AddDate` does: one month before 31 March is 3 March.
  Instant before(OffsetDateTime moment) {
    LocalDate day =
        LocalDate.of(moment.getYear() - years, 1, 1)
            .plusMonths(moment.getMonthValue() - 1L - months)
            .plusDays(moment.getDayOfMonth() - 1L - days);
    return LocalDateTime.of(day, moment.toLocalTime())
        .minusHours(hours)
        .toInstant(moment.getOffset());
  }

  @Override
  public String toString() {
    return part(years, 'y') + part(months, 'm') + part(days, 'd') + part(hours, 'h');
  }

  private static String part(int number, char unit) {
    return number == 0 ? "" : "" + number + unit;
  }
}
