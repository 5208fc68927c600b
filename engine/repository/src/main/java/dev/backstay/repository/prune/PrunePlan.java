package dev.backstay.repository.prune;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a prune would do. Holds the whole index in memory: let go of it when it is applied.
public final class PrunePlan {

  private final PruneOptions options;
  private final PruneFigures figures;
  private final List<String> obstacles;
  final StrictIndex index;
  final UsedBlobs used;
  final PackChoice choice;
  final Map<String, Long> sizes;
  final Set<String> snapshots;
  final SetAside setAside;

  /// Why nothing may be set aside whatever the locks say.
  final List<String> lockless;

  PrunePlan(
      PruneOptions options,
      PruneFigures figures,
      List<String> obstacles,
      StrictIndex index,
      UsedBlobs used,
      PackChoice choice,
      Map<String, Long> sizes,
      Set<String> snapshots,
      SetAside setAside,
      List<String> lockless) {
    this.options = options;
    this.figures = figures;
    this.obstacles = List.copyOf(obstacles);
    this.index = index;
    this.used = used;
    this.choice = choice;
    this.sizes = sizes;
    this.snapshots = Set.copyOf(snapshots);
    this.setAside = setAside;
    this.lockless = List.copyOf(lockless);
  }

  public PruneOptions options() {
    return options;
  }

  public PruneFigures figures() {
    return figures;
  }

  /// Why nothing is set aside as things stand; empty if nothing is in the way. What earlier runs
  /// set aside is deleted all the same.
  public List<String> obstacles() {
    return obstacles;
  }

  /// Whether there is nothing to do.
  public boolean isEmpty() {
    return figures.packsToRemove() == 0
        && figures.packsToRepack() == 0
        && figures.strayPacks() == 0
        && figures.ripePacks() == 0
        && choice.packs(PackChoice.Fate.BRING_BACK).isEmpty()
        && choice.packs(PackChoice.Fate.DROP).isEmpty()
        && setAside.ripe().isEmpty()
        && setAside.unfinished().isEmpty()
        && setAside.unreadable().isEmpty()
        && index.overlapping().isEmpty();
  }
}
