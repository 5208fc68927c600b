package dev.backstay.workflow.repository;

import dev.backstay.repository.prune.PruneFigures;
import dev.backstay.repository.prune.PrunePlan;
import java.util.List;

/// What a prune would do. Holds the repository's index in memory: let go of it when it is applied.
public final class PruneRepositoryPlan {

  private final PrunePlan plan;

  PruneRepositoryPlan(PrunePlan plan) {
    this.plan = plan;
  }

  PrunePlan plan() {
    return plan;
  }

  /// Bytes are those of packs, compressed and sealed.
  ///
  /// @param snapshots how many were walked
  /// @param usedBytes what they need
  /// @param duplicateBytes further copies of that
  /// @param unusedBytes what no snapshot needs
  /// @param packs how many the index names
  /// @param packsToKeep how many stay as they are
  /// @param packsToRepack how many hold both, and are written anew
  /// @param packsToRemove how many hold nothing that is needed
  /// @param strayPacks how many are in no index
  /// @param repackBytes bytes of the packs to repack
  /// @param ripePacks set aside by an earlier run, and deleted by this one
  /// @param ripeBytes of them
  /// @param restingPacks set aside by an earlier run, and still kept
  /// @param restingBytes of them
  /// @param freedBytes what this plan frees, at once or in the end
  /// @param unusedBytesAfter what stays unused
  public record Amounts(
      long snapshots,
      long usedBytes,
      long duplicateBytes,
      long unusedBytes,
      long packs,
      long packsToKeep,
      long packsToRepack,
      long packsToRemove,
      long strayPacks,
      long repackBytes,
      long ripePacks,
      long ripeBytes,
      long restingPacks,
      long restingBytes,
      long freedBytes,
      long unusedBytesAfter) {}

  public Amounts amounts() {
    PruneFigures f = plan.figures();
    return new Amounts(
        f.snapshots(),
        f.usedBytes(),
        f.duplicateBytes(),
        f.unusedBytes(),
        f.packs(),
        f.packsToKeep(),
        f.packsToRepack(),
        f.packsToRemove(),
        f.strayPacks(),
        f.repackBytes(),
        f.ripePacks(),
        f.ripeBytes(),
        f.restingPacks(),
        f.restingBytes(),
        f.freedBytes(),
        f.unusedBytesAfter());
  }

  /// Why nothing would be set aside now.
  public List<String> obstacles() {
    return plan.obstacles();
  }

  public boolean isEmpty() {
    return plan.isEmpty();
  }
}
