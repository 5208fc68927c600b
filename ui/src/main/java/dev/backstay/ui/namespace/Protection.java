package dev.backstay.ui.namespace;

import dev.backstay.model.PvcInfo;
import dev.backstay.ui.part.Badge;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How well the data of a PVC is protected, in one word.
public enum Protection {
  /// In a whole restore point that is not old.
  PROTECTED(Badge.Tone.OK),
  /// In a restore point, but an old one.
  STALE(Badge.Tone.WARN),
  /// The newest restore point is of a time to come: how old the data is cannot be told.
  CLOCK_WRONG(Badge.Tone.WARN),
  /// The last restore point lacks something.
  PARTIAL(Badge.Tone.WARN),
  /// Only VolumeSnapshots, which are lost with their storage.
  SNAPSHOTS_ONLY(Badge.Tone.WARN),
  UNPROTECTED(Badge.Tone.BAD),
  /// A restore began to write into it and did not finish.
  HALF_RESTORED(Badge.Tone.BAD),
  /// A job made it for the time that it runs.
  TEMPORARY(Badge.Tone.PLAIN),
  /// It is in restore points and no longer in the cluster.
  DELETED(Badge.Tone.INFO),
  /// It is in restore points; the cluster does not answer whether it is still there.
  UNKNOWN(Badge.Tone.PLAIN);

  /// From then on a restore point counts as old.
  static final Duration OLD = Duration.ofDays(7);

  /// Clocks of laptops differ by less.
  private static final Duration AHEAD = Duration.ofHours(1);

  private final Badge.Tone tone;

  Protection(Badge.Tone tone) {
    this.tone = tone;
  }

  public Badge.Tone tone() {
    return tone;
  }

  /// The key of its word.
  public String key() {
    return "protection." + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /// @param pvc as it is in the cluster
  /// @param last when it was last put into a restore point, null if never
  /// @param partial whether that restore point lacks something
  /// @param snapshots whether there are VolumeSnapshots of it
  static Protection of(
      PvcInfo pvc, @Nullable Instant last, boolean partial, boolean snapshots, Instant now) {
    if (pvc.temporary()) {
      return TEMPORARY;
    }
    return pvc.unfinishedRestore().isEmpty() ? of(last, partial, snapshots, now) : HALF_RESTORED;
  }

  /// @param last when it was last put into a restore point, null if never
  /// @param partial whether that restore point lacks something
  /// @param snapshots whether there are VolumeSnapshots of it
  public static Protection of(
      @Nullable Instant last, boolean partial, boolean snapshots, Instant now) {
    if (last == null) {
      return snapshots ? SNAPSHOTS_ONLY : UNPROTECTED;
    }
    if (partial) {
      return PARTIAL;
    }
    if (last.isAfter(now.plus(AHEAD))) {
      return CLOCK_WRONG;
    }
    return Duration.between(last, now).compareTo(OLD) > 0 ? STALE : PROTECTED;
  }
}
