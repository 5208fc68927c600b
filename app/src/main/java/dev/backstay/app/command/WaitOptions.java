package dev.backstay.app.command;

import dev.backstay.workflow.volumesnapshot.Patience;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// How long a command waits for the cluster.
final class WaitOptions {

  @Option(
      names = "--wait",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Wait until it is done (default); --no-wait ends once the server has accepted it.")
  boolean wait = true;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "How long to wait, such as 90s, 5m or 1h; 5m by default.")
  Duration timeout = Patience.DEFAULT.atMost();

  Patience patience() {
    return new Patience(wait, timeout);
  }

  /// kubectl's durations: `1h30m`, `90s`.
  static final class TimeConverter implements ITypeConverter<Duration> {

    private static final Pattern TIME = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

    @Override
    public Duration convert(String text) {
      Matcher parts = TIME.matcher(text);
      if (text.isEmpty() || !parts.matches()) {
        throw new TypeConversionException("'" + text + "' is no time such as 90s, 5m or 1h");
      }
      return Duration.ofHours(number(parts.group(1)))
          .plusMinutes(number(parts.group(2)))
          .plusSeconds(number(parts.group(3)));
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
      return digits == null ? 0 : Long.parseLong(digits);
    }
  }
}
