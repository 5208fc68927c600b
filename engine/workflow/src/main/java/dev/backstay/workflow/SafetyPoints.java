package dev.backstay.workflow;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Outcome;
import dev.backstay.workflow.backup.BackUpPlan;
import dev.backstay.workflow.backup.BackUpPlanner;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.backup.PlannedRead;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.JobContext;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.restore.SafetyBackUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/// Restore points of what a restore is about to replace: the objects of the kinds that it
/// overwrites, and the data of the PVCs that it writes into. No more, so that no more rights are
/// needed.
final class SafetyPoints implements SafetyBackUp {

  private static final String CLAIMS = "persistentvolumeclaims";
  private static final String NO_METHOD = "NONE";

  private final BiFunction<ClusterSession, RepositorySession, BackUpPlanner> planners;

  /// @param planners makes a planner for the sessions of the restore
  SafetyPoints(BiFunction<ClusterSession, RepositorySession, BackUpPlanner> planners) {
    this.planners = planners;
  }

  private BackUpPlan plan(
      ClusterSession cluster, RepositorySession repository, Replaced replaced, CancelToken cancel) {
    Set<String> kinds = new TreeSet<>(replaced.kinds());
    if (!replaced.pvcs().isEmpty()) {
      kinds.add(CLAIMS);
    }
    BackUpRequest request =
        new BackUpRequest(
            replaced.namespace(),
            "",
            kinds,
            Set.of(),
            replaced.pvcs(),
            List.of(),
            !replaced.pvcs().isEmpty(),
            false);
    return planners.apply(cluster, repository).plan(request, cancel);
  }

  @Override
  public Prospect look(
      ClusterSession cluster, RepositorySession repository, Replaced replaced, CancelToken cancel) {
    BackUpPlan plan = plan(cluster, repository, replaced, cancel);
    List<ItemFailure> blockers = new ArrayList<>(plan.blockers());
    blockers.removeAll(cluster.blockers()); // the restore itself says these
    plan.unreadable().stream().map(SafetyPoints::unread).forEach(blockers::add);
    plan.volumes().stream()
        .filter(volume -> volume.method().equals(NO_METHOD))
        .map(SafetyPoints::unread)
        .forEach(blockers::add);
    List<ItemFailure> missing =
        blockers.isEmpty()
            ? List.of()
            : plan.missingRights().stream().map(SafetyPoints::missing).toList();
    return new Prospect(missing, blockers.stream().distinct().toList());
  }

  private static ItemFailure unread(ItemFailure failure) {
    return blocker(failure.item(), failure.message());
  }

  private static ItemFailure unread(PlannedRead volume) {
    String why =
        volume.blockers().stream()
            .map(ItemFailure::message)
            .reduce((a, b) -> a + "; " + b)
            .orElse("there is no way to read it");
    return blocker("volumes/" + volume.pvc(), why);
  }

  private static ItemFailure blocker(String item, String why) {
    return new ItemFailure(
        item,
        "restore.no-safety-point",
        "the restore would replace it, and no restore point of it can be taken before: " + why,
        "get the rights that are listed, or restore into another namespace");
  }

  private static ItemFailure missing(String right) {
    return new ItemFailure(
        right,
        "restore.forbidden",
        "you may not " + right + ", which the restore point of what is replaced may need",
        "ask for a role that allows it");
  }

  @Override
  public String take(
      ClusterSession cluster, RepositorySession repository, Replaced replaced, JobContext job) {
    BackUpPlan plan = plan(cluster, repository, replaced, job.cancel());
    Outcome outcome = plan.job().run(job);
    String point = outcome.restorePoint();
    if (point == null || !(outcome instanceof Outcome.Completed)) {
      throw new ConflictException(
          "restore.no-safety-point",
          "no complete restore point of what would be replaced could be taken" + why(outcome),
          "nothing was replaced; look at the log, or restore into another namespace");
    }
    return point;
  }

  private static String why(Outcome outcome) {
    return switch (outcome) {
      case Outcome.PartiallyFailed partial ->
          partial.failures().stream()
              .findFirst()
              .map(f -> ": " + f.item() + ": " + f.message())
              .orElse("");
      case Outcome.Failed failed -> ": " + failed.error().getMessage();
      case Outcome.Completed _, Outcome.Cancelled _ -> "";
    };
  }
}
