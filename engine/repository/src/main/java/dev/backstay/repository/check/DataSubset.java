package dev.backstay.repository.check;

import dev.backstay.model.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which packs a check reads, with restic's meaning of `--read-data-subset`.
public sealed interface DataSubset {

  record None() implements DataSubset {}

  record All() implements DataSubset {}

  /// Every pack is in one of `total` parts, always in the same: the parts can be read on different
  /// days.
  ///
  /// @param number 1 to total
  record Part(int number, int total) implements DataSubset {}

  /// Some packs by chance.
  ///
  /// @param percent of their number, above 0 and up to 100
  record Percent(double percent) implements DataSubset {}

  /// Some packs by chance.
  ///
  /// @param bytes about as many
  record Size(long bytes) implements DataSubset {}

  /// @param text `2/7`, `2.5%`, `500M`
  /// @throws InvalidInputException if it is none of these
  static DataSubset parse(String text) {
    Matcher part = Pattern.compile("(\\d{1,4})/(\\d{1,4})").matcher(text);
    if (part.matches()) {
      return part(text, Integer.parseInt(part.group(1)), Integer.parseInt(part.group(2)));
    }
    Matcher percent = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?)%").matcher(text);
    if (percent.matches()) {
      double share = Double.parseDouble(percent.group(1));
      if (share > 0 && share <= 100) {
        return new Percent(share);
      }
      throw bad(text);
    }
    Matcher size = Pattern.compile("(\\d{1,12})([kmgt]?)").matcher(text.toLowerCase(Locale.ROOT));
    if (size.matches() && Long.parseLong(size.group(1)) > 0) {
      int power = 1 + "kmgt".indexOf(size.group(2).isEmpty() ? "?" : size.group(2));
      long unit = 1L << (10 * power);
      long number = Long.parseLong(size.group(1));
      if (number <= Long.MAX_VALUE / unit) {
        return new Size(number * unit);
      }
    }
    throw bad(text);
  }

  private static DataSubset part(String text, int number, int total) {
    if (number < 1 || total < 1 || number > total || total > 256) {
      throw bad(text);
    }
    return new Part(number, total);
  }

  private static InvalidInputException bad(String text) {
    return new InvalidInputException(
        "check.bad-subset",
        "'" + text + "' is no part of the data",
        "write it as 2/7 (part 2 of 7, at most 256), 500M (also K, G, T) or 2.5%");
  }

  /// @param sizes bytes of each pack by its id
  /// @return ids
  default List<String> select(Map<String, Long> sizes, Random random) {
    List<String> packs = new ArrayList<>(sizes.keySet());
    return switch (this) {
      case None _ -> List.of();
      case All _ -> List.copyOf(packs);
      case Part part ->
          packs.stream()
              .filter(p -> Integer.parseInt(p, 0, 2, 16) % part.total() == part.number() - 1)
              .toList();
      case Percent some -> some(packs, some.percent(), random);
      case Size size -> {
        double all = (double) sizes.values().stream().mapToLong(Long::longValue).sum();
        double percent = all == 0 ? 100 : 100.0 * size.bytes() / all;
        yield some(packs, Math.min(100, percent), random);
      }
    };
  }

  private static List<String> some(List<String> packs, double percent, Random random) {
    Collections.sort(packs);
    Collections.shuffle(packs, random);
    int count = (int) (packs.size() * (percent / 100));
    return List.copyOf(packs.subList(0, packs.isEmpty() ? 0 : Math.max(1, count)));
  }
}
