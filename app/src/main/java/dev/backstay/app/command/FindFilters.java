package dev.backstay.app.command;

import dev.backstay.model.InvalidInputException;
import dev.backstay.workflow.browse.FindCriteria;
import dev.backstay.workflow.browse.SnapshotQuery;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What `find` leaves out.
final class FindFilters {

  private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhdw])");

  @Option(
      names = {"--newer", "--oldest"},
      paramLabel = "TIME",
      description = "Changed since: 2026-11-24, 2026-11-24T08:00:00Z, or 12h, 7d, 4w ago.")
  @Nullable String newer;

  @Option(
      names = {"--older", "--newest"},
      paramLabel = "TIME",
      description = "Changed before that.")
  @Nullable String older;

  @Option(
      names = "--larger",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Files of more bytes, such as 500, 64Ki or 1.5Gi.")
  @Nullable Long larger;

  @Option(
      names = "--smaller",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Files of fewer bytes.")
  @Nullable Long smaller;

  FindCriteria criteria(String pattern, String below, Instant now) {
    return new FindCriteria(
        pattern, below, moment(newer, now), moment(older, now), larger, smaller);
  }

  SnapshotQuery query(String pattern, SnapshotQuery.Kind kind, boolean ignoreCase, Instant now) {
    return new SnapshotQuery(
        pattern, kind, ignoreCase, moment(newer, now), moment(older, now), larger, smaller);
  }

  /// @throws InvalidInputException if it is no time
  private static @Nullable Instant moment(@Nullable String text, Instant now) {
    if (text == null) {
      return null;
    }
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return now.minus(length(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))));
    }
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException _) {
      throw new InvalidInputException(
          "find.bad-time",
          "'" + text + "' is no time",
          "write 2026-11-24, 2026-11-24T08:00:00Z, or 12h, 7d, 4w for that long ago; days are UTC");
    }
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

  /// Bytes, or an amount in Ki, Mi, Gi or Ti.
  static final class SizeConverter implements ITypeConverter<Long> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)([KMGT]i)?");
    private static final List<String> UNITS = List.of("Ki", "Mi", "Gi", "Ti");

    @Override
    public Long convert(String text) {
      Matcher size = SIZE.matcher(text);
      if (!size.matches()) {
        throw new TypeConversionException("'" + text + "' is no size such as 500, 64Ki or 1.5Gi");
      }
      int power = size.group(2) == null ? 0 : UNITS.indexOf(size.group(2)) + 1;
      BigDecimal bytes =
          new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
      return bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }
  }
}
