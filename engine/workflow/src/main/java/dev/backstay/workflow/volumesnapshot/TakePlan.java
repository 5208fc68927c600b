package dev.backstay.workflow.volumesnapshot;

import dev.backstay.model.ItemFailure;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.workflow.Plan;
import dev.backstay.workflow.job.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What taking VolumeSnapshots would do. Nothing in it destroys anything.
///
/// @param context the kubeconfig context
/// @param namespace where
/// @param items one for each PVC
/// @param group the group they are taken as, null if they are taken one by one
/// @param grouping why as a group, or why not
/// @param missingRights verbs that the user lacks
/// @param blockers what forbids it
/// @param warnings what to know before
/// @param take what carries it out
public record TakePlan(
    String context,
    String namespace,
    List<PlannedTake> items,
    @Nullable PlannedGroup group,
    String grouping,
    List<String> missingRights,
    List<ItemFailure> blockers,
    List<ItemFailure> warnings,
    TakeJob take)
    implements Plan {

  @Override
  public boolean destroys() {
    return false;
  }

  @Override
  public boolean blocked() {
    return !blockers.isEmpty();
  }

  @Override
  public Job job() {
    return take;
  }

  /// What was taken, once the job has ended; empty if it made nothing that stays.
  public List<VolumeSnapshotInfo> taken() {
    return take.taken();
  }
}
