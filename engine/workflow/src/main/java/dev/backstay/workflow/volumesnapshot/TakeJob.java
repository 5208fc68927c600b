package dev.backstay.workflow.volumesnapshot;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.cluster.temporary.LastingObjects;
import dev.backstay.cluster.temporary.TemporaryLabel;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.cluster.volumesnapshot.AtOnce;
import dev.backstay.cluster.volumesnapshot.GroupReady;
import dev.backstay.cluster.volumesnapshot.GroupSelector;
import dev.backstay.cluster.volumesnapshot.SnapshotReady;
import dev.backstay.cluster.volumesnapshot.Specs;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Outcome;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cleanup.DeadJobs;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.Job;
import dev.backstay.workflow.job.JobContext;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.lock.JobGrant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Takes VolumeSnapshots, all or none: what a failed or cancelled job had made is removed.
public final class TakeJob implements Job {

  /// For manifests that are only tried.
  static final JobTag DRY_RUN = new JobTag("dryrun", "dryrun");

  private final Engine engine;
  private final ClusterSession cluster;
  private final TakeRequest request;
  private final List<PlannedTake> items;
  private final @Nullable PlannedGroup group;
  private final boolean mayPatch;
  private volatile List<VolumeSnapshotInfo> taken = List.of();

  TakeJob(
      Engine engine,
      ClusterSession cluster,
      TakeRequest request,
      List<PlannedTake> items,
      @Nullable PlannedGroup group,
      boolean mayPatch) {
    this.engine = engine;
    this.cluster = cluster;
    this.request = request;
    this.items = items;
    this.group = group;
    this.mayPatch = mayPatch;
  }

  List<VolumeSnapshotInfo> taken() {
    return taken;
  }

  @Override
  public JobSpec spec() {
    return new JobSpec(
        JobKind.VOLUME_SNAPSHOT,
        cluster.context(),
        cluster.clusterId(),
        request.namespace(),
        null,
        Map.of("action", "take", "pvcs", String.join(",", request.pvcs())));
  }

  @Override
  public Optional<JobGrant> grant() {
    return cluster.grant();
  }

  @Override
  public Outcome run(JobContext context) {
    new DeadJobs(engine.journals(), engine.installation(), cluster).sweep(context);
    JobTag tag = new JobTag(context.id().text(), engine.installation());
    LastingObjects lasting = lasting(tag, new Noted(context));
    Lasting.make(context, lasting, () -> new Run(context, tag, lasting).run());
    Set<String> names = items.stream().map(item -> item.pvc().name()).collect(Collectors.toSet());
    taken =
        cluster.volumeSnapshots(request.namespace()).items().stream()
            .filter(info -> names.contains(info.pvc()) && made(info))
            .toList();
    return new Outcome.Completed(null, List.of());
  }

  private boolean made(VolumeSnapshotInfo info) {
    return group == null
        ? items.stream().anyMatch(item -> item.name().equals(info.name()))
        : info.group().equals(group.name());
  }

  private LastingObjects lasting(JobTag tag, Creations creations) {
    return new LastingObjects(cluster.connection(), cluster.types(), tag, creations, mayPatch);
  }

  /// All that would be created.
  Map<TemporaryObject, ObjectNode> manifests(JobTag tag) {
    LastingObjects lasting = lasting(tag, Creations.UNHEARD);
    Map<TemporaryObject, ObjectNode> manifests = new LinkedHashMap<>();
    if (group != null) {
      TemporaryObject object = new TemporaryObject(group.type(), request.namespace(), group.name());
      GroupSelector selector =
          group.own() == null
              ? GroupSelector.of(TemporaryLabel.KEY, TemporaryLabel.value(tag))
              : group.own();
      manifests.put(object, Specs.ofGroup(lasting.manifest(object), selector, group.groupClass()));
      return manifests;
    }
    for (PlannedTake item : items) {
      TemporaryObject object =
          new TemporaryObject(TemporaryObject.VOLUME_SNAPSHOT, request.namespace(), item.name());
      manifests.put(
          object, Specs.ofPvc(lasting.manifest(object), item.pvc().name(), item.snapshotClass()));
    }
    return manifests;
  }

  /// One run of the job.
  private final class Run {
    private final JobContext context;
    private final JobTag tag;
    private final LastingObjects lasting;
    private final ClusterConnection cancellable;

    Run(JobContext context, JobTag tag, LastingObjects lasting) {
      this.context = context;
      this.tag = tag;
      this.lasting = lasting;
      this.cancellable = cluster.connection().under(context.cancel());
    }

    void run() {
      context.journal().step("volumesnapshots");
      context.progress().phase("VolumeSnapshots");
      context.progress().expect(items.size(), 0);
      Map<TemporaryObject, ObjectNode> manifests = manifests(tag);
      if (group == null) {
        AtOnce.each(
            manifests.entrySet(),
            entry -> lasting.create(cancellable, entry.getKey(), entry.getValue()));
        if (request.patience().waits()) {
          AtOnce.each(manifests.keySet(), this::await);
        }
      } else {
        manifests.forEach((object, manifest) -> group(group, object, manifest));
      }
    }

    private void await(TemporaryObject object) {
      SnapshotReady.await(cancellable, object, request.patience().atMost());
      context.log("VolumeSnapshot " + object.name() + " is ready");
      context.progress().done(1, 0);
    }

    private void group(PlannedGroup planned, TemporaryObject object, ObjectNode manifest) {
      Set<String> pvcs = items.stream().map(item -> item.pvc().name()).collect(Collectors.toSet());
      GroupReady ready = new GroupReady(cluster.connection(), object, context.cancel());
      try {
        if (planned.temporaryLabel()) {
          context.journal().creating(object.path()); // so that a killed job's labels are looked for
          AtOnce.each(pvcs, pvc -> TemporaryLabel.set(cancellable, request.namespace(), pvc, tag));
        }
        lasting.create(cancellable, object, manifest);
        if (planned.temporaryLabel()) {
          ready.awaitBound(request.patience().atMost());
        }
      } finally {
        if (planned.temporaryLabel()) {
          unlabel(pvcs);
        }
      }
      if (request.patience().waits()) {
        ready.await(pvcs, request.patience().atMost());
        context.log("VolumeGroupSnapshot " + object.name() + " is ready");
        context.progress().done(pvcs.size(), 0);
      }
    }

    private void unlabel(Set<String> pvcs) {
      for (String pvc : pvcs) {
        try {
          TemporaryLabel.remove(cluster.connection(), request.namespace(), pvc);
        } catch (EngineException e) {
          context.warn(ItemFailure.of("persistentvolumeclaims/" + pvc, e));
        }
      }
    }
  }
}
