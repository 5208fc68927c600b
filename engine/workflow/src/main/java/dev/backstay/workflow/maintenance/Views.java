package dev.backstay.workflow.maintenance;

import dev.backstay.model.InvalidInputException;
import dev.backstay.repository.key.KeyInfo;
import dev.backstay.repository.lock.LockInfo;
import dev.backstay.repository.lock.UnlockPlan;
import dev.backstay.repository.stats.Count;
import dev.backstay.repository.stats.CountMode;
import dev.backstay.repository.stats.Usage;
import dev.backstay.workflow.maintenance.UsageInfo.AmountsInfo;
import dev.backstay.workflow.maintenance.UsageInfo.PointUsage;
import dev.backstay.workflow.maintenance.UsageInfo.VolumeUsage;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The repository's records as those above may see them.
final class Views {

  private Views() {}

  static KeyView key(KeyInfo key) {
    return new KeyView(
        key.id(), key.current(), key.created(), key.username(), key.hostname(), key.damage());
  }

  static LockView lock(LockInfo lock, UnlockPlan.@Nullable Reason reason) {
    String why = reason == null ? "" : reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return new LockView(
        lock.id(),
        lock.time(),
        lock.exclusive(),
        lock.hostname(),
        lock.username(),
        lock.pid(),
        reason != null,
        why);
  }

  static CountMode mode(String word) {
    return Arrays.stream(CountMode.values())
        .filter(mode -> mode.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInputException(
                "stats.bad-mode",
                "'" + word + "' is nothing that can be counted",
                "one of: "
                    + Arrays.stream(CountMode.values())
                        .map(CountMode::word)
                        .collect(Collectors.joining(", "))));
  }

  static CountInfo count(Count count) {
    return new CountInfo(
        count.mode().word(),
        count.snapshots(),
        count.bytes(),
        count.files(),
        count.blobs(),
        count.uncompressed(),
        count.ratio(),
        count.progress(),
        count.saving());
  }

  static UsageInfo usage(Usage usage) {
    return new UsageInfo(
        amounts(usage.total()),
        usage.snapshots().stream()
            .map(s -> new PointUsage(RepositorySession.info(s.snapshot()), amounts(s.amounts())))
            .toList(),
        usage.volumes().stream()
            .map(v -> new VolumeUsage(v.namespace(), v.volume(), v.points(), amounts(v.amounts())))
            .toList(),
        usage.storedPacks());
  }

  private static AmountsInfo amounts(Usage.Amounts a) {
    return new AmountsInfo(
        a.files(),
        a.logical(),
        a.unique(),
        a.stored(),
        a.own(),
        a.dataBlobs(),
        a.treeBlobs(),
        a.compression());
  }
}
