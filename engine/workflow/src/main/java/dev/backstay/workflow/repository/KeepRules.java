package dev.backstay.workflow.repository;

import dev.backstay.model.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Which snapshots of a group a forget keeps, in restic's words. Periods are `last`, `hourly`,
/// `daily`, `weekly`, `monthly` and `yearly`.
///
/// @param counts how many of a period; -1 for all
/// @param within of a period those so near to the newest, as `1y5m7d2h`; not for `last`
/// @param withinAny all that are so near to the newest; empty for none
/// @param tags keeps what has all tags of any of these lists
/// @param lastGood how many of the newest that are not partial; -1 for all
public record KeepRules(
    Map<String, Integer> counts,
    Map<String, String> within,
    String withinAny,
    List<List<String>> tags,
    int lastGood) {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /// Reads how many: a whole number, or `unlimited`.
  ///
  /// @throws InvalidInputException if it is neither
  public static int count(String text) {
    if (text.equals("unlimited")) {
      return -1;
    }
    if (NUMBER.matcher(text).matches()) {
      return Integer.parseInt(text);
    }
    throw new InvalidInputException(
        "forget.bad-count",
        "'" + text + "' is no number of snapshots",
        "give a whole number, or 'unlimited'");
  }

  public KeepRules {
    counts = Map.copyOf(counts);
    within = Map.copyOf(within);
    tags = tags.stream().map(List::copyOf).toList();
  }
}
