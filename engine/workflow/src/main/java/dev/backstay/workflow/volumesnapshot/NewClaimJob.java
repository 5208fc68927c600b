package dev.backstay.workflow.volumesnapshot;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.cluster.temporary.LastingObjects;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.cluster.volumesnapshot.ClaimReady;
import dev.backstay.cluster.volumesnapshot.Specs;
import dev.backstay.model.Outcome;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cleanup.DeadJobs;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.Job;
import dev.backstay.workflow.job.JobContext;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.lock.JobGrant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Makes a PVC from a VolumeSnapshot.
final class NewClaimJob implements Job {

  private final Engine engine;
  private final ClusterSession cluster;
  private final NewClaimRequest request;
  private final PlannedClaim claim;
  private final boolean mayPatch;

  NewClaimJob(
      Engine engine,
      ClusterSession cluster,
      NewClaimRequest request,
      PlannedClaim claim,
      boolean mayPatch) {
    this.engine = engine;
    this.cluster = cluster;
    this.request = request;
    this.claim = claim;
    this.mayPatch = mayPatch;
  }

  @Override
  public JobSpec spec() {
    return new JobSpec(
        JobKind.VOLUME_SNAPSHOT,
        cluster.context(),
        cluster.clusterId(),
        request.namespace(),
        null,
        Map.of("action", "restore", "from", request.volumeSnapshot(), "pvc", request.pvc()));
  }

  TemporaryObject object() {
    return new TemporaryObject(TemporaryObject.PVC, request.namespace(), claim.name());
  }

  LastingObjects lasting(JobTag tag, Creations creations) {
    return new LastingObjects(cluster.connection(), cluster.types(), tag, creations, mayPatch);
  }

  ObjectNode manifest(LastingObjects lasting) {
    return Specs.ofVolumeSnapshot(
        lasting.manifest(object()),
        request.volumeSnapshot(),
        claim.storageClass(),
        claim.bytes(),
        claim.accessModes(),
        claim.volumeMode());
  }

  @Override
  public Optional<JobGrant> grant() {
    return cluster.grant();
  }

  @Override
  public Outcome run(JobContext context) {
    new DeadJobs(engine.journals(), engine.installation(), cluster).sweep(context);
    context.journal().step("pvc");
    context.progress().phase("PVC");
    context.progress().expect(1, 0);
    LastingObjects lasting =
        lasting(new JobTag(context.id().text(), engine.installation()), new Noted(context));
    Lasting.make(context, lasting, () -> make(context, lasting));
    context.progress().done(1, 0);
    return new Outcome.Completed(null, List.of());
  }

  private void make(JobContext context, LastingObjects lasting) {
    ClusterConnection cancellable = cluster.connection().under(context.cancel());
    lasting.create(cancellable, object(), manifest(lasting));
    if (claim.waitsForPod()) {
      context.log("PVC " + claim.name() + " stays Pending until a pod uses it");
    } else if (request.patience().waits()) {
      new ClaimReady(cancellable, object()).await(request.patience().atMost());
      context.log("PVC " + claim.name() + " is bound");
    }
  }
}
