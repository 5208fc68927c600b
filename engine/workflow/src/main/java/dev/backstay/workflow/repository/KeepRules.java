package dev.backstay.workflow.repository;

import java.util.List;
import java.util.Map;

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

  public KeepRules {
    counts = Map.copyOf(counts);
    within = Map.copyOf(within);
    tags = tags.stream().map(List::copyOf).toList();
  }
}
