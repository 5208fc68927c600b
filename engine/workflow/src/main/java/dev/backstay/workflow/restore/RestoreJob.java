package dev.backstay.workflow.restore;

import dev.backstay.cluster.apply.Applied;
import dev.backstay.cluster.apply.Applier;
import dev.backstay.cluster.apply.order.RestoreOrder;
import dev.backstay.cluster.apply.order.RestoreStage;
import dev.backstay.cluster.apply.plan.ObjectAction;
import dev.backstay.cluster.apply.plan.PlannedManifest;
import dev.backstay.cluster.apply.ready.NotReady;
import dev.backstay.cluster.apply.ready.Pause;
import dev.backstay.cluster.apply.ready.Readiness;
import dev.backstay.cluster.apply.ready.ScaleDown;
import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Outcome;
import dev.backstay.workflow.cleanup.DeadJobs;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.Job;
import dev.backstay.workflow.job.JobContext;
import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.lock.JobGrant;
import dev.backstay.workflow.repository.RepositorySession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Restores: what uses the volumes stops, a restore point of what is replaced is taken, everything
/// that pods need is made, volumes are filled, then workloads start and are waited for. What one
/// object or volume refuses is a failure of that item; the rest goes on, except that no workload
/// starts on a volume that is not whole.
final class RestoreJob implements Job {

  private static final Duration RELEASED = Duration.ofMinutes(5);
  private static final Duration READY = Duration.ofMinutes(5);

  private final ClusterSession cluster;
  private final RepositorySession repository;
  private final Prepared prepared;
  private final SafetyBackUp safety;
  private final DeadJobs deadJobs;
  private final Past past;
  private final JobSpec spec;

  RestoreJob(
      ClusterSession cluster,
      RepositorySession repository,
      Prepared prepared,
      SafetyBackUp safety,
      DeadJobs deadJobs,
      Past past,
      JobSpec spec) {
    this.cluster = cluster;
    this.repository = repository;
    this.prepared = prepared;
    this.safety = safety;
    this.deadJobs = deadJobs;
    this.past = past;
    this.spec = spec;
  }

  @Override
  public JobSpec spec() {
    return spec;
  }

  @Override
  public Optional<JobGrant> grant() {
    return cluster.grant();
  }

  @Override
  public Outcome run(JobContext context) {
    deadJobs.sweep(context);
    try (CancelToken.Registration _ = repository.during(context.cancel())) {
      return new Run(context).run();
    }
  }

  /// One run of the job, with its state.
  private final class Run {
    private final JobContext context;
    private final Applier applier;
    private final ScaleDown scaleDown;
    private final List<ItemFailure> failures = new ArrayList<>(prepared.damaged());
    private final Set<ManifestKey> started = new LinkedHashSet<>();
    private final VolumeRun volumes;
    private @Nullable String safetyPoint;

    Run(JobContext context) {
      this.context = context;
      this.applier = new Applier(cluster.connection(), prepared.namespace(), context.cancel());
      // without the job's token: workloads are started again after a cancel too
      this.scaleDown = new ScaleDown(cluster.connection(), prepared.namespace());
      this.volumes =
          new VolumeRun(cluster.connection(), repository.repository(), prepared, context);
      this.safetyPoint = past.safety().isEmpty() ? null : past.safety();
    }

    Outcome run() {
      boolean finished = false;
      boolean begun = past.exists(); // a dead run may have stopped workloads
      try {
        requireSafety();
        begun = true;
        pause();
        takeSafetyPoint();
        prepareObjects();
        failures.addAll(volumes.run());
        startWorkloads();
        finished = true;
      } finally {
        if (begun) {
          startAgain(finished);
        }
      }
      await();
      return outcome();
    }

    /// While nothing is stopped yet: the rights may have gone since the plan.
    private void requireSafety() {
      if (!prepared.safety()) {
        return;
      }
      List<ItemFailure> blockers =
          safety.look(cluster, repository, prepared.replaced(), context.cancel()).blockers();
      if (!blockers.isEmpty()) {
        throw new ConflictException(
            "restore.no-safety-point",
            blockers.getFirst().item() + ": " + blockers.getFirst().message(),
            "nothing was stopped and nothing was replaced; " + blockers.getFirst().remedy());
      }
    }

    private void pause() {
      if (prepared.pauses().isEmpty()) {
        return;
      }
      context.journal().step("pause");
      context.progress().phase("stopping workloads");
      context.progress().expect(prepared.pauses().size(), 0);
      for (Pause pause : prepared.pauses()) {
        context.cancel().checkpoint();
        String replicas = Integer.toString(pause.replicas());
        context.journal().note(Past.STOPPED + pause.workload(), replicas);
        context.log("stopping " + pause.workload() + ", which had " + replicas + " replicas");
        scaleDown.pause(pause);
        context.progress().done(1, 0);
      }
      scaleDown.awaitReleased(writtenNames(), RELEASED, context.cancel());
    }

    private Set<String> writtenNames() {
      Set<String> names = new LinkedHashSet<>();
      prepared.written().forEach(volume -> names.add(volume.pvc()));
      return names;
    }

    private void takeSafetyPoint() {
      if (!prepared.safety()) {
        return;
      }
      context.cancel().checkpoint();
      context.journal().step("safety restore point");
      context.progress().phase("restore point of what is replaced");
      String point = safety.take(cluster, repository, prepared.replaced(), context);
      context.journal().note("safety", point);
      context.log("what is replaced stays in restore point " + point);
      safetyPoint = point;
    }

    private void prepareObjects() {
      context.cancel().checkpoint();
      context.journal().step("objects");
      context.progress().phase("objects");
      if (prepared.createsNamespace() && planned(RestoreStage.NAMESPACE).isEmpty()) {
        applied(applier.apply(List.of(Applier.bareNamespace(prepared.namespace())), a -> {}));
      }
      volumes.note();
      apply(stage -> stage.beforeWorkloads());
    }

    private List<PlannedManifest> planned(RestoreStage stage) {
      return prepared.objects().stream()
          .filter(o -> o.action() == ObjectAction.CREATE)
          .filter(o -> RestoreOrder.stage(o.key()) == stage)
          .toList();
    }

    private void apply(Predicate<RestoreStage> stages) {
      List<PlannedManifest> now =
          prepared.objects().stream()
              .filter(o -> o.writes() || o.action() == ObjectAction.CONFLICT)
              .filter(o -> stages.test(RestoreOrder.stage(o.key())))
              .filter(o -> !heldBack(o))
              .toList();
      context.progress().expect(now.size(), 0);
      applied(applier.apply(now, a -> context.progress().done(1, 0)));
    }

    private void applied(List<Applied> all) {
      for (Applied one : all) {
        ItemFailure failure = one.failure();
        if (failure != null) {
          failures.add(failure);
        } else if (Readiness.matters(one.planned().key())) {
          started.add(one.planned().key());
        }
      }
    }

    /// No workload starts on a volume that is not whole.
    private boolean heldBack(PlannedManifest object) {
      boolean held =
          object.writes()
              && object.object() != null
              && ScaleDown.uses(object.object(), volumes.broken());
      if (held) {
        failures.add(
            new ItemFailure(
                object.key().toString(),
                "restore.held-back",
                object.key() + " was not made: a volume that it uses could not be written",
                "see the failure of the volume, then restore again"));
      }
      return held;
    }

    private void startWorkloads() {
      context.cancel().checkpoint();
      context.journal().step("workloads");
      context.progress().phase("workloads");
      apply(stage -> !stage.beforeWorkloads());
    }

    /// Starts again what was stopped, but not on a volume that was begun and is not whole.
    private void startAgain(boolean finished) {
      if (prepared.pauses().isEmpty()) {
        return;
      }
      context.journal().step("start again");
      Set<String> unsafe = volumes.unfinished();
      for (Pause pause : prepared.pauses()) {
        if (scaleDown.usesAny(pause, unsafe)) {
          staysDown(pause);
        } else {
          startAgain(pause, finished);
        }
      }
    }

    private void startAgain(Pause pause, boolean finished) {
      try {
        scaleDown.resume(pause);
        context.journal().note(Past.STOPPED + pause.workload(), Past.STARTED_AGAIN);
        if (finished) {
          started.add(pause.workload());
        }
      } catch (dev.backstay.model.EngineException e) {
        context.warn(ItemFailure.of(pause.workload().toString(), e));
        staysDown(pause);
      }
    }

    private void staysDown(Pause pause) {
      String kept =
          safetyPoint == null ? "" : "; what was there is in restore point " + safetyPoint;
      context.warn(
          new ItemFailure(
              pause.workload().toString(),
              "restore.stays-stopped",
              pause.workload()
                  + " stays stopped, because a volume that it uses is half written"
                  + kept,
              "run the same restore again; it had " + pause.replicas() + " replicas"));
    }

    private void await() {
      context.cancel().checkpoint();
      context.journal().step("readiness");
      context.progress().phase("readiness");
      List<ManifestKey> keys = List.copyOf(started);
      context.progress().expect(keys.size(), 0);
      List<NotReady> late =
          new Readiness(cluster.connection(), prepared.namespace(), context.cancel())
              .await(keys, READY, key -> context.progress().done(1, 0));
      late.forEach(one -> failures.add(notReady(one)));
    }

    private static ItemFailure notReady(NotReady one) {
      String why = one.reasons().isEmpty() ? "" : ": " + String.join("; ", one.reasons());
      return new ItemFailure(
          one.key().toString(),
          "restore.not-ready",
          one.key() + " was restored but is not ready, " + one.state() + why,
          "look at it with 'kubectl describe'");
    }

    private Outcome outcome() {
      return failures.isEmpty()
          ? new Outcome.Completed(safetyPoint, List.of())
          : new Outcome.PartiallyFailed(safetyPoint, List.copyOf(failures), List.of());
    }
  }
}
