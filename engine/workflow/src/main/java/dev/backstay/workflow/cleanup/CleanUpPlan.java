package dev.backstay.workflow.cleanup;

import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.Plan;
import dev.backstay.workflow.job.Job;
import java.util.List;

/// What a clean-up would remove: only temporary objects that dead jobs of this installation own.
///
/// @param context the kubeconfig context
/// @param leftovers all that was found; those in use stay
/// @param warnings where could not be looked
/// @param blockers what forbids it
/// @param job what carries it out
public record CleanUpPlan(
    String context,
    List<Leftover> leftovers,
    List<ItemFailure> warnings,
    List<ItemFailure> blockers,
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
