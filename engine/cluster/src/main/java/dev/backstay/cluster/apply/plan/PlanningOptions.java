package dev.backstay.cluster.apply.plan;

import java.util.Set;

/// What the planner needs to know beside the objects.
///
/// @param namespace where the objects go
/// @param existing what to do with objects that are there
/// @param resuming whether a dead job with the same plan was here before: what it made counts as
///   done
/// @param quiet PVCs whose data is restored into what exists, so that their existing is no conflict
public record PlanningOptions(
    String namespace, ExistingMode existing, boolean resuming, Set<String> quiet) {

  public PlanningOptions {
    quiet = Set.copyOf(quiet);
  }

  public static PlanningOptions into(String namespace, ExistingMode existing) {
    return new PlanningOptions(namespace, existing, false, Set.of());
  }
}
