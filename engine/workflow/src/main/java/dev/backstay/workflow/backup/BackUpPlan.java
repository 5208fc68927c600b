package dev.backstay.workflow.backup;

import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.Plan;
import dev.backstay.workflow.job.Job;
import dev.backstay.workflow.job.JobId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a back-up would do. Nothing in it destroys anything.
///
/// @param context the kubeconfig context
/// @param clusterId the cluster behind it
/// @param namespace the namespace
/// @param repository where the restore point goes
/// @param objects how many objects of each kind, by qualified plural
/// @param leftOut kinds and objects left out on purpose, `item: reason`
/// @param unreadable kinds that may not be read; the rest goes on
/// @param volumes how each PVC will be read
/// @param missingRights verbs the user lacks, of all that reading volumes may need
/// @param temporary what will be made in the cluster and removed again, in words
/// @param blockers what forbids starting at all
/// @param parent the restore point it will be compared with, null for a first one
/// @param resumed the job of a dead process that it takes up, null if there is none
/// @param job what carries it out
public record BackUpPlan(
    String context,
    String clusterId,
    String namespace,
    String repository,
    Map<String, Long> objects,
    List<String> leftOut,
    List<ItemFailure> unreadable,
    List<PlannedRead> volumes,
    List<String> missingRights,
    List<String> temporary,
    List<ItemFailure> blockers,
    @Nullable String parent,
    @Nullable JobId resumed,
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

  @Override
  public Optional<JobId> resumes() {
    return Optional.ofNullable(resumed);
  }
}
