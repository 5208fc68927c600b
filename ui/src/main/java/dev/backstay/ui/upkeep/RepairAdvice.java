package dev.backstay.ui.upkeep;

import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.repository.CheckInfo;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What helps against what a check found: one repair at a time, since what it brings back needs no
/// other, and then another check.
///
/// @param next the repair to begin with, null if none helps
/// @param packs ids of those that are damaged
/// @param keys whether a key is damaged
/// @param locks whether a lock cannot be read
record RepairAdvice(@Nullable Repair next, List<String> packs, boolean keys, boolean locks) {

  private static final String PACK = "data/";
  private static final String TREE_DAMAGED = "repository.tree-damaged";

  /// What the index says is not what there is.
  private static final Set<String> OF_INDEX =
      Set.of("repository.index-damaged", "repository.pack-missing", "repository.pack-size");

  private static final Set<String> OF_PACKS = Set.of("repository.pack-damaged", TREE_DAMAGED);

  /// What no index file names may be in packs that none names either.
  private static final Set<String> UNNAMED = Set.of("repository.blob-missing", TREE_DAMAGED);

  private static final Set<String> OF_SNAPSHOTS =
      Set.of(
          "repository.blob-missing",
          TREE_DAMAGED,
          "repository.subtree-missing",
          "repository.snapshot-damaged");

  static RepairAdvice of(@Nullable CheckInfo found) {
    if (found == null) {
      return new RepairAdvice(null, List.of(), false, false);
    }
    List<String> packs =
        found.damage().stream()
            .filter(f -> OF_PACKS.contains(f.code()) && f.item().startsWith(PACK))
            .map(f -> f.item().substring(PACK.length()))
            .distinct()
            .toList();
    return new RepairAdvice(
        next(found, packs),
        packs,
        has(found.damage(), Set.of("repository.key-damaged")),
        has(found.hints(), Set.of("repository.lock-unreadable")));
  }

  private static @Nullable Repair next(CheckInfo found, List<String> packs) {
    if (index(found, packs)) {
      return Repair.INDEX;
    }
    if (!packs.isEmpty()) {
      return Repair.PACKS;
    }
    return has(found.damage(), OF_SNAPSHOTS) ? Repair.SNAPSHOTS : null;
  }

  private static boolean index(CheckInfo found, List<String> packs) {
    Stream<ItemFailure> others =
        found.damage().stream().filter(f -> packs.stream().noneMatch(p -> f.item().endsWith(p)));
    boolean wrong = others.anyMatch(f -> OF_INDEX.contains(f.code()));
    boolean unnamed =
        found.damage().stream()
            .anyMatch(f -> UNNAMED.contains(f.code()) && !f.item().startsWith(PACK));
    return wrong || (unnamed && has(found.hints(), Set.of("repository.pack-unindexed")));
  }

  private static boolean has(List<ItemFailure> findings, Set<String> codes) {
    return findings.stream().anyMatch(finding -> codes.contains(finding.code()));
  }
}
