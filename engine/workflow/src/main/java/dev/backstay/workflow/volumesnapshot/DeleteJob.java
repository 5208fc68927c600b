package dev.backstay.workflow.volumesnapshot;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.DeleteOptions;
import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.TemporaryGroup;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.cluster.volumesnapshot.AtOnce;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Outcome;
import dev.backstay.model.TimedOutException;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cleanup.DeadJobs;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.Job;
import dev.backstay.workflow.job.JobContext;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.lock.JobGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// Deletes VolumeSnapshots; one that cannot be deleted does not keep the others.
final class DeleteJob implements Job {

  private final Engine engine;
  private final ClusterSession cluster;
  private final DeleteRequest request;
  private final List<TemporaryObject> single;
  private final List<TemporaryObject> groups;

  DeleteJob(
      Engine engine,
      ClusterSession cluster,
      DeleteRequest request,
      List<TemporaryObject> single,
      List<TemporaryObject> groups) {
    this.engine = engine;
    this.cluster = cluster;
    this.request = request;
    this.single = List.copyOf(single);
    this.groups = List.copyOf(groups);
  }

  @Override
  public JobSpec spec() {
    return new JobSpec(
        JobKind.VOLUME_SNAPSHOT,
        cluster.context(),
        cluster.clusterId(),
        request.namespace(),
        null,
        Map.of("action", "delete", "names", String.join(",", request.names())));
  }

  @Override
  public Optional<JobGrant> grant() {
    return cluster.grant();
  }

  @Override
  public Outcome run(JobContext context) {
    new DeadJobs(engine.journals(), engine.installation(), cluster).sweep(context);
    context.journal().step("delete");
    context.progress().phase("delete");
    context.progress().expect(single.size() + groups.size(), 0);
    ConcurrentLinkedQueue<ItemFailure> failures = new ConcurrentLinkedQueue<>();
    AtOnce.each(
        Stream.concat(groups.stream(), single.stream()).toList(),
        object -> delete(object, context, failures));
    context.cancel().checkpoint();
    if (failures.isEmpty()) {
      return new Outcome.Completed(null, List.of());
    }
    return new Outcome.PartiallyFailed(null, new ArrayList<>(failures), List.of());
  }

  private void delete(
      TemporaryObject object, JobContext context, ConcurrentLinkedQueue<ItemFailure> failures) {
    context.cancel().checkpoint();
    ClusterConnection cancellable = cluster.connection().under(context.cancel());
    try {
      if (!request.patience().waits()) {
        cancellable.delete(object.path(), DeleteOptions.BACKGROUND);
      } else if (groups.contains(object)) {
        new TemporaryGroup(cancellable, object)
            .delete(Creations.UNHEARD, request.patience().atMost());
      } else {
        object.remove(cancellable, Creations.UNHEARD, request.patience().atMost());
      }
      context.log("deleted " + object.path());
      context.progress().done(1, 0);
    } catch (TimedOutException e) {
      failures.add(
          new ItemFailure(
              object.type().plural() + "/" + object.name(),
              "volumesnapshot.not-gone",
              "it is marked for deletion but was not gone in "
                  + request.patience().atMost().toSeconds()
                  + " s",
              "see what holds it with: kubectl describe "
                  + object.type().plural()
                  + " -n "
                  + object.namespace()
                  + " "
                  + object.name()));
    } catch (EngineException e) {
      context.cancel().checkpoint();
      failures.add(ItemFailure.of(object.type().plural() + "/" + object.name(), e));
    }
  }
}
