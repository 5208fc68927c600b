package dev.backstay.workflow.maintenance;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import java.util.List;

/// A repair that was planned and has changed nothing yet.
public final class PlannedRepair {

  /// Carries a plan out.
  @FunctionalInterface
  interface Apply {
    /// @return the ids of snapshots that were made
    List<String> apply(CancelToken cancel, Meter meter);
  }

  private final List<RepairStep> steps;
  private final List<ItemFailure> warnings;
  private final boolean empty;
  private final Apply apply;

  PlannedRepair(List<RepairStep> steps, List<ItemFailure> warnings, boolean empty, Apply apply) {
    this.steps = List.copyOf(steps);
    this.warnings = List.copyOf(warnings);
    this.empty = empty;
    this.apply = apply;
  }

  /// What it would do, in the order of names.
  public List<RepairStep> steps() {
    return steps;
  }

  /// What it cannot do anything about.
  public List<ItemFailure> warnings() {
    return warnings;
  }

  /// Whether there is nothing to do.
  public boolean isEmpty() {
    return empty;
  }

  /// @return the ids of snapshots that were made
  /// @throws dev.backstay.model.LockedException if somebody else works with the repository
  /// @throws dev.backstay.model.ConflictException if it has changed since the plan was made
  public List<String> apply(CancelToken cancel, Meter meter) {
    return apply.apply(cancel, meter);
  }
}
