package dev.backstay.repository.prune;

import java.time.Duration;
import java.util.Set;

/// How a prune works.
///
/// @param exclusive alone under an exclusive lock, and the space is back at once; else beside
///   running writers, in two phases
/// @param maxUnused how much unused space may stay
/// @param maxRepackBytes how many bytes of packs are repacked at most
/// @param repackSmall repack packs below 80 % of the usual size, as restic's `--repack-small`
/// @param cacheableOnly repack packs of trees only, as restic's `--repack-cacheable-only`
/// @param minimumAge how long what was set aside rests before it is deleted, whoever is there
/// @param foreignPatience how long to wait for locks of other programs before nothing is set aside
/// @param fewSnapshots go on though there are no snapshots, or less than half of those before
/// @param asIfForgotten ids of snapshots that do not count; such a plan cannot be applied
public record PruneOptions(
    boolean exclusive,
    MaxUnused maxUnused,
    long maxRepackBytes,
    boolean repackSmall,
    boolean cacheableOnly,
    Duration minimumAge,
    Duration foreignPatience,
    boolean fewSnapshots,
    Set<String> asIfForgotten) {

  /// Beside running writers.
  public static final PruneOptions DEFAULT =
      new PruneOptions(
          false,
          MaxUnused.DEFAULT,
          Long.MAX_VALUE,
          false,
          false,
          Duration.ofMinutes(10),
          Duration.ZERO,
          false,
          Set.of());

  /// Alone.
  public static final PruneOptions EXCLUSIVE = DEFAULT.withExclusive(true);

  public PruneOptions withExclusive(boolean alone) {
    return new PruneOptions(
        alone,
        maxUnused,
        maxRepackBytes,
        repackSmall,
        cacheableOnly,
        minimumAge,
        foreignPatience,
        fewSnapshots,
        asIfForgotten);
  }

  public PruneOptions withMaxUnused(MaxUnused most) {
    return new PruneOptions(
        exclusive,
        most,
        maxRepackBytes,
        repackSmall,
        cacheableOnly,
        minimumAge,
        foreignPatience,
        fewSnapshots,
        asIfForgotten);
  }

  public PruneOptions withMaxRepackBytes(long most) {
    return new PruneOptions(
        exclusive,
        maxUnused,
        most,
        repackSmall,
        cacheableOnly,
        minimumAge,
        foreignPatience,
        fewSnapshots,
        asIfForgotten);
  }

  public PruneOptions withMinimumAge(Duration age) {
    return new PruneOptions(
        exclusive,
        maxUnused,
        maxRepackBytes,
        repackSmall,
        cacheableOnly,
        age,
        foreignPatience,
        fewSnapshots,
        asIfForgotten);
  }

  public PruneOptions withFewSnapshots(boolean few) {
    return new PruneOptions(
        exclusive,
        maxUnused,
        maxRepackBytes,
        repackSmall,
        cacheableOnly,
        minimumAge,
        foreignPatience,
        few,
        asIfForgotten);
  }

  /// What it would be after a forget.
  public PruneOptions withAsIfForgotten(Set<String> snapshots) {
    return new PruneOptions(
        exclusive,
        maxUnused,
        maxRepackBytes,
        repackSmall,
        cacheableOnly,
        minimumAge,
        foreignPatience,
        fewSnapshots,
        Set.copyOf(snapshots));
  }
}
