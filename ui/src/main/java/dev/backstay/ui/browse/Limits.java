package dev.backstay.ui.browse;

import dev.backstay.workflow.browse.FindCriteria;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a search leaves out; null for what is no limit.
///
/// @param newer changed after that
/// @param older changed before that
/// @param larger more bytes than that
/// @param smaller fewer bytes than that
public record Limits(
    @Nullable Instant newer,
    @Nullable Instant older,
    @Nullable Long larger,
    @Nullable Long smaller) {

  public static final Limits NONE = new Limits(null, null, null, null);

  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*(?:([kmgt])(?:i?b|i)?|b)?");
  private static final List<String> UNITS = List.of("k", "m", "g", "t");

  public boolean isEmpty() {
    return equals(NONE);
  }

  FindCriteria criteria(String glob, String below) {
    return new FindCriteria(glob, below, newer, older, larger, smaller);
  }

  /// Bytes: `500`, `64 KiB`, `1.5Gi`, `20M`. The units are powers of 1024.
  static Optional<Long> size(String text) {
    Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      return Optional.empty();
    }
    int power = size.group(2) == null ? 0 : UNITS.indexOf(size.group(2)) + 1;
    BigDecimal bytes =
        new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
    return Optional.of(bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
  }
}
