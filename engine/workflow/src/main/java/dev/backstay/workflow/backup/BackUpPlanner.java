package dev.backstay.workflow.backup;

import dev.backstay.cluster.manifest.ManifestReader;
import dev.backstay.cluster.manifest.ManifestReading;
import dev.backstay.cluster.manifest.ManifestSelection;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.volume.GroupPlan;
import dev.backstay.cluster.volume.VolumeMethod;
import dev.backstay.cluster.volume.VolumePlan;
import dev.backstay.cluster.volume.VolumePlanner;
import dev.backstay.model.CancelToken;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Listing;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.journal.JournalView;
import dev.backstay.workflow.point.Descriptor;
import dev.backstay.workflow.point.RestorePoints;
import dev.backstay.workflow.point.Series;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Computes back-up plans. Writes nothing: what the server tries, it tries as a dry run.
public final class BackUpPlanner {

  private static final Logger LOG = LoggerFactory.getLogger(BackUpPlanner.class);

  private final Engine engine;
  private final ClusterSession cluster;
  private final RepositorySession repository;
  private final MoverSettings mover;

  /// The sessions must stay open until the plan's job has ended.
  public BackUpPlanner(
      Engine engine, ClusterSession cluster, RepositorySession repository, MoverSettings mover) {
    this.engine = engine;
    this.cluster = cluster;
    this.repository = repository;
    this.mover = mover;
  }

  /// @throws dev.backstay.model.EngineException if the cluster cannot be reached or the namespace
  ///   does not exist; whatever else is wrong stands in the plan
  public BackUpPlan plan(BackUpRequest request, CancelToken cancel) {
    requireNamespace(request.namespace());
    ManifestSelection selection =
        new ManifestSelection(
            request.onlyKinds(), request.exceptKinds(), request.labelSelector(), true);
    ManifestReader manifests = new ManifestReader(cluster.connection(), cluster.types());
    manifests.requireSelector(request.namespace(), selection);
    ManifestReading reading = manifests.count(request.namespace(), selection, cancel);
    Series series = new Series(cluster.clusterId(), request.namespace());
    Optional<Snapshot> parent = series.latest(repository.repository());
    VolumePlanner planner = new VolumePlanner(cluster.connection(), mover, request.namespace());
    Listing<PvcInfo> pvcs =
        request.volumes() ? cluster.pvcs(request.namespace()) : new Listing<>(List.of(), List.of());
    List<ItemFailure> unusable = new ArrayList<>();
    Map<String, VolumeSnapshotInfo> existing = existing(request, pvcs, unusable);
    List<VolumePlan> single = volumes(planner, pvcs, existing, request);
    GroupPlan group =
        GroupPlan.of(cluster.connection(), cluster.types(), request.namespace(), single);
    List<VolumePlan> volumes = group.volumes();
    JobSpec spec =
        new JobSpec(
            JobKind.BACKUP,
            cluster.context(),
            cluster.clusterId(),
            request.namespace(),
            repository.location().text(),
            details(request));
    BackUpJob job =
        new BackUpJob(
            engine, cluster, repository, spec, request, selection, single, group.fit(), mover);
    return new BackUpPlan(
        cluster.context(),
        cluster.clusterId(),
        request.namespace(),
        repository.location().text(),
        reading.counts(),
        reading.skipped().stream().map(s -> s.item() + ": " + s.reason()).toList(),
        reading.failures(),
        planned(volumes, parent),
        missing(planner, reading, pvcs),
        temporary(volumes, group),
        blockers(reading, volumes, unusable, request),
        parent.map(Snapshot::id).orElse(null),
        dead(spec).orElse(null),
        job);
  }

  /// A misspelt name must not end as an empty restore point. Who may not look at namespaces has to
  /// be believed.
  private void requireNamespace(String name) {
    try {
      if (cluster.connection().find("/api/v1/namespaces/" + name).isEmpty()) {
        throw new NotFoundException(
            "backup.no-namespace",
            "there is no namespace " + name + " in context " + cluster.context(),
            "list them with: backstay namespaces --context " + cluster.context());
      }
    } catch (ForbiddenException e) {
      LOG.debug("namespace {} may not be looked at", name, e);
    }
  }

  /// What tells one wish from another: a dead job is only taken up for the very same one.
  private static Map<String, String> details(BackUpRequest request) {
    Map<String, String> details = new TreeMap<>();
    details.put("selector", request.labelSelector());
    details.put("only", String.join(",", new TreeSet<>(request.onlyKinds())));
    details.put("except", String.join(",", new TreeSet<>(request.exceptKinds())));
    details.put("pvcs", String.join(",", new TreeSet<>(request.onlyPvcs())));
    details.put("volumes", Boolean.toString(request.volumes()));
    if (!request.fromSnapshots().isEmpty()) {
      details.put("fromSnapshots", String.join(",", new TreeSet<>(request.fromSnapshots())));
    }
    return Map.copyOf(details);
  }

  /// Verb by verb: what volumes would need, and what may not be read.
  private static List<String> missing(
      VolumePlanner planner, ManifestReading reading, Listing<PvcInfo> pvcs) {
    Stream<String> unread =
        Stream.concat(reading.failures().stream(), pvcs.warnings().stream())
            .filter(f -> f.code().equals(ForbiddenException.NO_RIGHT))
            .map(ItemFailure::item)
            .map(item -> item.contains("/") ? "get " + item : "list " + item);
    return Stream.concat(planner.denied().stream().map(a -> a.question().toString()), unread)
        .distinct()
        .toList();
  }

  private List<VolumePlan> volumes(
      VolumePlanner planner,
      Listing<PvcInfo> pvcs,
      Map<String, VolumeSnapshotInfo> existing,
      BackUpRequest request) {
    return pvcs.items().stream()
        .filter(pvc -> request.onlyPvcs().isEmpty() || request.onlyPvcs().contains(pvc.name()))
        .filter(pvc -> !pvc.temporary())
        .map(pvc -> {
          VolumeSnapshotInfo snapshot = existing.get(pvc.name());
          return snapshot == null ? planner.plan(pvc) : planner.plan(pvc, snapshot);
        })
        .sorted(Comparator.comparing(plan -> plan.pvc().name()))
        .toList();
  }

  /// The VolumeSnapshots that are named, by PVC.
  ///
  /// @param unusable what is wrong with the others
  private Map<String, VolumeSnapshotInfo> existing(
      BackUpRequest request, Listing<PvcInfo> pvcs, List<ItemFailure> unusable) {
    Map<String, VolumeSnapshotInfo> existing = new HashMap<>();
    if (request.fromSnapshots().isEmpty() || !request.volumes()) {
      return existing;
    }
    Map<String, VolumeSnapshotInfo> there = new HashMap<>();
    cluster.volumeSnapshots(request.namespace()).items().forEach(s -> there.put(s.name(), s));
    Set<String> claims = pvcs.items().stream().map(PvcInfo::name).collect(Collectors.toSet());
    for (String name : request.fromSnapshots()) {
      VolumeSnapshotInfo snapshot = there.get(name);
      if (snapshot == null) {
        unusable.add(
            new ItemFailure(
                "volumesnapshots/" + name,
                "backup.no-such-snapshot",
                "there is no VolumeSnapshot " + name + " in namespace " + request.namespace(),
                "list them with: backstay snapshots -n " + request.namespace()));
      } else if (!claims.contains(snapshot.pvc())) {
        String of = snapshot.pvc().isEmpty() ? "of no PVC" : "of PVC " + snapshot.pvc();
        unusable.add(
            new ItemFailure(
                "volumesnapshots/" + name,
                "backup.snapshot-without-pvc",
                "VolumeSnapshot "
                    + name
                    + " is "
                    + of
                    + " that is in namespace "
                    + request.namespace(),
                "make a PVC of it first with: backstay snapshot restore "
                    + name
                    + " --to NAME, then back that up"));
      } else if (existing.putIfAbsent(snapshot.pvc(), snapshot) != null) {
        unusable.add(
            new ItemFailure(
                "volumesnapshots/" + name,
                "backup.two-snapshots",
                "two VolumeSnapshots are named of PVC " + snapshot.pvc(),
                "name one, and make another restore point of the other"));
      }
    }
    return existing;
  }

  private List<PlannedRead> planned(List<VolumePlan> volumes, Optional<Snapshot> parent) {
    Map<String, Long> last = new HashMap<>();
    parent.ifPresent(snapshot ->
        new RestorePoints(repository, engine.catalog())
            .descriptor(snapshot)
            .volumes()
            .forEach(v -> last.put(v.pvc(), v.bytes())));
    return volumes.stream().map(plan -> planned(plan, last)).toList();
  }

  private static PlannedRead planned(VolumePlan plan, Map<String, Long> last) {
    PvcInfo pvc = plan.pvc();
    return new PlannedRead(
        pvc.name(),
        pvc.storageClass(),
        pvc.capacity(),
        plan.method().name(),
        plan.snapshotClass(),
        plan.consistency(),
        plan.losses(),
        reasons(plan),
        plan.blockers(),
        last.getOrDefault(pvc.name(), -1L));
  }

  private static List<String> reasons(VolumePlan plan) {
    String restore = plan.pvc().unfinishedRestore();
    List<String> reasons = new ArrayList<>(plan.reasons());
    if (!restore.isEmpty()) {
      reasons.add("it is half written by restore job " + restore);
    }
    return reasons;
  }

  private static List<String> temporary(List<VolumePlan> volumes, GroupPlan group) {
    List<String> made = new ArrayList<>();
    if (group.fit() != null) {
      made.add("VolumeGroupSnapshot of all PVCs that are read from VolumeSnapshots");
    }
    for (VolumePlan plan : volumes) {
      switch (plan.method()) {
        case VOLUME_SNAPSHOT ->
            made.add(
                (plan.existing().isEmpty() ? "VolumeSnapshot, PVC" : "PVC")
                    + " and mover pod for "
                    + plan.pvc().name());
        case BESIDE_POD -> made.add("mover pod for " + plan.pvc().name());
        case IN_CONTAINER, NONE -> {}
      }
    }
    return made;
  }

  /// A plan is only blocked if there is nothing at all that it could carry, or if a PVC that was
  /// named does not exist.
  private List<ItemFailure> blockers(
      ManifestReading reading,
      List<VolumePlan> volumes,
      List<ItemFailure> unusable,
      BackUpRequest request) {
    List<ItemFailure> blockers = new ArrayList<>(unusable);
    boolean anyVolume = volumes.stream().anyMatch(plan -> plan.method() != VolumeMethod.NONE);
    if (reading.total() == 0 && !anyVolume) {
      blockers.addAll(reading.failures());
    }
    Set<String> there = volumes.stream().map(plan -> plan.pvc().name()).collect(Collectors.toSet());
    request.onlyPvcs().stream()
        .filter(pvc -> !there.contains(pvc))
        .forEach(pvc -> blockers.add(absent(pvc, request.namespace())));
    blockers.addAll(cluster.blockers());
    return blockers;
  }

  private static ItemFailure absent(String pvc, String namespace) {
    return new ItemFailure(
        "volumes/" + pvc,
        "backup.no-such-pvc",
        "there is no PVC " + pvc + " in namespace " + namespace,
        "list them with: backstay pvcs -n " + namespace);
  }

  /// The newest dead job of the same series, which this one takes up.
  private Optional<JobId> dead(JobSpec spec) {
    return engine.journals().dead().stream()
        .filter(view -> view.spec().equals(spec))
        .max(Comparator.comparing(JournalView::begun))
        .map(JournalView::job);
  }

  /// The descriptor's form of a plan.
  static Descriptor.DescribedVolume describe(VolumePlan plan, VolumeResult result) {
    return new Descriptor.DescribedVolume(
        plan.pvc().name(),
        plan.pvc().storageClass(),
        plan.pvc().capacity(),
        plan.method().name(),
        plan.consistency(),
        plan.losses(),
        result.entries(),
        result.counts().bytes());
  }
}
