package dev.backstay.repository.prune;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.prune.PackChoice.Fate;
import dev.backstay.repository.snapshot.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/// A plan that is being applied, and what is asked of it again and again.
///
/// @param held its lock
/// @param confirm throws if it has lost its right to go on; before every step that others may rely
///   on
record RunningPrune(
    PruneGround ground,
    PrunePlan plan,
    RepositoryLock held,
    Runnable confirm,
    CancelToken cancel,
    Meter meter) {

  PackTable table() {
    return plan.index.table();
  }

  /// Index files and snapshots that came since the plan: what they need is needed.
  void lookAgain() {
    Set<String> fresh = new HashSet<>(SnapshotListing.ids(ground));
    fresh.removeAll(plan.snapshots);
    List<Snapshot> snapshots = SnapshotListing.load(ground, fresh);
    plan.index.load(cancel);
    new Mark(ground, table(), plan.used, cancel, Meter.NONE)
        .run(snapshots.stream().map(Snapshot::tree).collect(Collectors.toSet()));
  }

  /// The packs that leave the index.
  Set<Integer> chosen() {
    Set<Integer> chosen = new HashSet<>(plan.choice.packs(Fate.REMOVE));
    chosen.addAll(plan.choice.packs(Fate.REPACK));
    chosen.addAll(plan.choice.packs(Fate.DROP));
    chosen.removeIf(pack -> !table().visible(pack));
    return chosen;
  }

  /// Takes out of the chosen whatever holds the last copy of something needed. The last word before
  /// the index is rewritten, whatever was planned.
  void spare(Set<Integer> chosen) {
    for (int pack : chosen.stream().sorted().toList()) {
      if (holdsLastCopy(pack, other -> table().visible(other) && !chosen.contains(other))) {
        chosen.remove(pack);
        plan.choice.keep(pack);
      }
    }
  }

  /// Whether something that is needed stands in this pack and in none of those that stay.
  boolean holdsLastCopy(int pack, IntPredicate stays) {
    for (int entry = table().begin(pack); entry < table().end(pack); entry++) {
      int blob = table().blob(entry);
      if (plan.used.get(blob) && !table().anyCopy(blob, copy -> stays.test(table().pack(copy)))) {
        return true;
      }
    }
    return false;
  }

  void rewriteIndex(Set<Integer> chosen) {
    if (!chosen.isEmpty() || !plan.index.overlapping().isEmpty()) {
      new IndexRewrite(ground, plan.index, chosen, confirm).run();
    }
  }

  /// Packs in no index and in no candidate file.
  Set<String> strays() {
    return PrunePlanner.strays(table(), plan.sizes, plan.setAside);
  }

  /// Bytes of a pack that is there, else 0.
  long bytes(String pack) {
    return plan.sizes.getOrDefault(pack, 0L);
  }
}
