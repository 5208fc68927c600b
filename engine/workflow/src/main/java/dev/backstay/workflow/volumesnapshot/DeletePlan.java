package dev.backstay.workflow.volumesnapshot;

import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.Plan;
import dev.backstay.workflow.job.Job;
import java.util.List;

/// What deleting VolumeSnapshots would do.
///
/// @param context the kubeconfig context
/// @param namespace where
/// @param items what would go
/// @param groups VolumeGroupSnapshots that would go with their members
/// @param missingRights verbs that the user lacks
/// @param blockers what forbids it
/// @param warnings what depends on what would go
/// @param job what carries it out
public record DeletePlan(
    String context,
    String namespace,
    List<PlannedDeletion> items,
    List<String> groups,
    List<String> missingRights,
    List<ItemFailure> blockers,
    List<ItemFailure> warnings,
    Job job)
    implements Plan {

  @Override
  public boolean destroys() {
    return !items.isEmpty() || !groups.isEmpty();
  }

  @Override
  public boolean blocked() {
    return !blockers.isEmpty();
  }
}
