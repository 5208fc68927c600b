package dev.backstay.workflow.cleanup;

import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.TemporaryObjects;
import dev.backstay.cluster.temporary.TemporaryObjects.Found;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Outcome;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.Job;
import dev.backstay.workflow.job.JobContext;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.journal.JournalView;
import dev.backstay.workflow.lock.JobGrant;
import dev.backstay.workflow.restore.Past;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Removes the temporary objects of dead jobs, and settles those jobs once nothing of them is left.
final class CleanUpJob implements Job {

  private final Engine engine;
  private final ClusterSession cluster;
  private final TemporaryObjects objects;
  private final List<Found> found;
  private final boolean everywhere;

  /// @param everywhere whether all namespaces were looked at: then what was not found is gone
  CleanUpJob(
      Engine engine,
      ClusterSession cluster,
      TemporaryObjects objects,
      List<Found> found,
      boolean everywhere) {
    this.engine = engine;
    this.cluster = cluster;
    this.objects = objects;
    this.found = found;
    this.everywhere = everywhere;
  }

  @Override
  public JobSpec spec() {
    return new JobSpec(
        JobKind.CLEANUP, cluster.context(), cluster.clusterId(), null, null, Map.of());
  }

  @Override
  public Optional<JobGrant> grant() {
    return cluster.grant();
  }

  @Override
  public Outcome run(JobContext context) {
    context.journal().step("clean-up");
    context.progress().phase("clean-up");
    context.progress().expect(found.size(), 0);
    List<ItemFailure> left = objects.remove(found, counting(context));
    if (left.isEmpty() && everywhere) {
      settle(context);
    }
    return left.isEmpty()
        ? new Outcome.Completed(null, List.of())
        : new Outcome.PartiallyFailed(null, left, List.of());
  }

  /// What only the restore itself could have ended.
  private static List<ItemFailure> unfinished(JournalView view) {
    List<ItemFailure> unfinished = new ArrayList<>();
    if (view.interrupted() && view.spec().kind() == JobKind.RESTORE) {
      String where = " in namespace " + view.spec().namespace();
      Past past = new Past(view);
      past.halfWritten()
          .forEach(pvc ->
              unfinished.add(
                  new ItemFailure(
                      "volumes/" + pvc,
                      "cleanup.half-written",
                      "PVC " + pvc + where + " is half written",
                      "delete it, or restore into it with --volumes mirror")));
      past.stopped()
          .forEach((workload, replicas) ->
              unfinished.add(
                  new ItemFailure(
                      workload,
                      "cleanup.stopped",
                      workload + where + " is stopped; it had " + replicas + " replicas",
                      "start it again once its volumes are whole")));
    }
    return unfinished;
  }

  private static Creations counting(JobContext context) {
    return new Creations() {
      @Override
      public void creating(String path) {}

      @Override
      public void removed(String path) {
        context.log("removed " + path);
        context.progress().done(1, 0);
      }
    };
  }

  /// Jobs of this cluster whose objects are all gone have come to their end.
  private void settle(JobContext context) {
    for (JournalView view : engine.journals().all()) {
      boolean here = cluster.clusterId().equals(view.spec().clusterId());
      if (here && !view.alive() && (view.interrupted() || !view.leftovers().isEmpty())) {
        engine
            .journals()
            .claim(view.job())
            .ifPresent(journal -> {
              try (journal) {
                view.leftovers().forEach(journal::removed);
              }
            });
        engine.settle(view.job());
        unfinished(view).forEach(context::warn);
        context.log("job " + view.job() + " left nothing behind");
      }
    }
  }
}
