package dev.backstay.repository.forget;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Which snapshots of a group are kept, in restic's words (`restic forget --help`). A snapshot that
/// any of them keeps stays.
///
/// @param counts how many of each period; [#UNLIMITED] for all
/// @param within of each period those so near to the newest
/// @param withinAny all that are so near to the newest, or [KeepSpan#NONE]
/// @param tags keeps what has all tags of any of these lists
/// @param lastGood how many of the newest that are not partial; [#UNLIMITED] for all
public record ForgetPolicy(
    Map<KeepPeriod, Integer> counts,
    Map<KeepPeriod, KeepSpan> within,
    KeepSpan withinAny,
    List<List<String>> tags,
    int lastGood) {

  public static final int UNLIMITED = -1;

  /// The tag of snapshots that miss something their backup should have saved.
  public static final String PARTIAL = "partial";

  /// The tag of snapshots that no policy removes.
  public static final String PINNED = "pinned";

  /// Keeps nothing.
  public static final ForgetPolicy NONE =
      new ForgetPolicy(Map.of(), Map.of(), KeepSpan.NONE, List.of(), 0);

  public ForgetPolicy {
    counts = Map.copyOf(counts);
    within = Map.copyOf(within);
    tags = tags.stream().map(List::copyOf).toList();
  }

  public ForgetPolicy keep(KeepPeriod period, int count) {
    Map<KeepPeriod, Integer> more = new EnumMap<>(KeepPeriod.class);
    more.putAll(counts);
    more.put(period, count);
    return new ForgetPolicy(more, within, withinAny, tags, lastGood);
  }

  public ForgetPolicy keepWithin(KeepPeriod period, KeepSpan span) {
    Map<KeepPeriod, KeepSpan> more = new EnumMap<>(KeepPeriod.class);
    more.putAll(within);
    more.put(period, span);
    return new ForgetPolicy(counts, more, withinAny, tags, lastGood);
  }

  public ForgetPolicy keepWithin(KeepSpan span) {
    return new ForgetPolicy(counts, within, span, tags, lastGood);
  }

  /// @param lists a snapshot with all tags of one of them is kept; `""` stands for having none
  public ForgetPolicy keepTags(List<List<String>> lists) {
    return new ForgetPolicy(counts, within, withinAny, lists, lastGood);
  }

  public ForgetPolicy keepLastGood(int count) {
    return new ForgetPolicy(counts, within, withinAny, tags, count);
  }

  /// Whether it names nothing that is kept.
  public boolean isEmpty() {
    return counts.values().stream().allMatch(count -> count == 0)
        && within.values().stream().allMatch(KeepSpan::isNone)
        && withinAny.isNone()
        && tags.isEmpty()
        && lastGood == 0;
  }
}
