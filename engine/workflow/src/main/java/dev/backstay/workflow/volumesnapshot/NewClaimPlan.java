package dev.backstay.workflow.volumesnapshot;

import dev.backstay.model.ItemFailure;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.workflow.Plan;
import dev.backstay.workflow.job.Job;
import java.util.List;

/// What making a PVC from a VolumeSnapshot would do. Nothing in it destroys anything.
///
/// @param context the kubeconfig context
/// @param namespace where
/// @param source the VolumeSnapshot
/// @param claim the new PVC
/// @param missingRights verbs that the user lacks
/// @param blockers what forbids it
/// @param warnings what to know before
/// @param job what carries it out
public record NewClaimPlan(
    String context,
    String namespace,
    VolumeSnapshotInfo source,
    PlannedClaim claim,
    List<String> missingRights,
    List<ItemFailure> blockers,
    List<ItemFailure> warnings,
    Job job)
    implements Plan {

  @Override
  public boolean destroys() {
    return false;
  }

  @Override
  public boolean blocked() {
    return !blockers.isEmpty();
  }
}
