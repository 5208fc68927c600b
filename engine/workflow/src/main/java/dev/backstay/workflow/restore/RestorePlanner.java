package dev.backstay.workflow.restore;

import dev.backstay.cluster.apply.clean.CleanOptions;
import dev.backstay.cluster.apply.clean.Cleaned;
import dev.backstay.cluster.apply.clean.ManifestCleaner;
import dev.backstay.cluster.apply.plan.ExistingMode;
import dev.backstay.cluster.apply.plan.ManifestPlan;
import dev.backstay.cluster.apply.plan.ManifestPlanner;
import dev.backstay.cluster.apply.plan.ObjectAction;
import dev.backstay.cluster.apply.plan.PlannedManifest;
import dev.backstay.cluster.apply.plan.PlanningOptions;
import dev.backstay.cluster.apply.ready.Pause;
import dev.backstay.cluster.apply.ready.Pauses;
import dev.backstay.cluster.apply.ready.ScaleDown;
import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.mover.MoverUser;
import dev.backstay.cluster.volume.Admission;
import dev.backstay.model.CancelToken;
import dev.backstay.model.FileEntry;
import dev.backstay.model.FilePath;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.workflow.cleanup.DeadJobs;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.journal.JournalView;
import dev.backstay.workflow.journal.Journals;
import dev.backstay.workflow.point.Descriptor;
import dev.backstay.workflow.point.PointFilter;
import dev.backstay.workflow.point.RestorePoints;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Computes restore plans. Writes nothing: what the server tries, it tries as a dry run.
public final class RestorePlanner {

  private final ClusterSession cluster;
  private final RepositorySession repository;
  private final RestorePoints points;
  private final Journals journals;
  private final SafetyBackUp safety;
  private final String installation;
  private final MoverSettings mover;

  /// @param journals where the journal of a dead restore may be found, to be taken up
  /// @param safety how a restore point of replaced data is taken
  /// @param installation whose temporary objects the job makes
  /// @param mover how mover pods are made
  public RestorePlanner(
      ClusterSession cluster,
      RepositorySession repository,
      RestorePoints points,
      Journals journals,
      SafetyBackUp safety,
      String installation,
      MoverSettings mover) {
    this.cluster = cluster;
    this.repository = repository;
    this.points = points;
    this.journals = journals;
    this.safety = safety;
    this.installation = installation;
    this.mover = mover;
  }

  /// The sessions must stay open until the plan's job has ended.
  ///
  /// @throws dev.backstay.model.EngineException if the restore point does not exist or the cluster
  ///   cannot be reached; whatever else is wrong is a blocker in the plan
  public RestorePlan plan(RestoreRequest request, CancelToken cancel) {
    Selection selection = Selection.of(request.only());
    RestorePoint wanted = points.find(request.point(), request.filter());
    Past past = Past.find(journals, spec(request, wanted));
    RestorePoint point = past.exists() ? begun(past).orElse(null) : wanted;
    return point == null
        ? new Planning(request, selection, wanted, new Past(null), cancel).plan()
        : new Planning(request, selection, point, past, cancel).plan();
  }

  /// The restore point of a dead restore; empty if it was forgotten since.
  private Optional<RestorePoint> begun(Past past) {
    String id = past.view().map(v -> v.spec().details().get(Past.POINT)).orElse("");
    return points.list(PointFilter.ALL).stream().filter(p -> p.id().equals(id)).findFirst();
  }

  private static String target(RestoreRequest request, RestorePoint point) {
    return request.namespace().isEmpty() ? point.namespace() : request.namespace();
  }

  private JobSpec spec(RestoreRequest request, RestorePoint point) {
    Map<String, String> details = new TreeMap<>();
    details.put(Past.POINT, point.id());
    details.put(Past.ASKED, request.point().equals(Past.LATEST) ? Past.LATEST : point.id());
    details.put("of", point.clusterId() + "/" + point.namespace());
    details.put("classes", new TreeMap<>(request.classMap()).toString());
    details.put("only", CommaList.join(request.only().stream().sorted().toList()));
    details.put("existing", request.existing().name());
    details.put("volumes", request.volumes().name());
    details.put("suspendCronJobs", Boolean.toString(request.suspendCronJobs()));
    details.put("keepNodePorts", Boolean.toString(request.keepNodePorts()));
    return new JobSpec(
        JobKind.RESTORE,
        cluster.context(),
        cluster.clusterId(),
        target(request, point),
        repository.location().text(),
        details);
  }

  /// One planning, with its state.
  private final class Planning {
    private final RestoreRequest request;
    private final Selection selection;
    private final RestorePoint point;
    private final Past past;
    private final CancelToken cancel;
    private final String namespace;
    private final Snapshot snapshot;
    private final List<ItemFailure> blockers = new ArrayList<>();
    private final List<ItemFailure> warnings = new ArrayList<>();
    private final List<ItemFailure> missing = new ArrayList<>();
    private final Map<String, VolumePaths> paths = new TreeMap<>();

    Planning(
        RestoreRequest request,
        Selection selection,
        RestorePoint point,
        Past past,
        CancelToken cancel) {
      this.request = request;
      this.selection = selection;
      this.point = point;
      this.past = past;
      this.cancel = cancel;
      this.namespace = target(request, point);
      this.snapshot = repository.repository().snapshot(point.id());
    }

    RestorePlan plan() {
      StoredManifests stored = StoredManifests.read(repository.repository(), snapshot, cancel);
      warnings.addAll(stored.failures());
      List<Cleaned> cleaned = selected(cleaner().clean(stored.objects()));
      ManifestPlan manifests =
          new ManifestPlanner(cluster.connection(), cluster.types())
              .plan(cleaned, options(), cancel);
      blockers.addAll(manifests.blockers());
      warnings.addAll(manifests.warnings());
      missing.addAll(manifests.missing());
      MoverUsers users =
          new MoverUsers(repository.repository(), snapshot, stored.objects(), cancel);
      List<PlannedVolume> volumes = volumes(manifests, users);
      Pauses pauses = pauses(manifests, volumes);
      boolean marks = rights(volumes, pauses);
      Prepared prepared = safe(prepared(manifests, volumes, pauses, marks, stored, users));
      JobSpec spec = past.view().map(JournalView::spec).orElseGet(() -> spec(request, point));
      blockers.addAll(cluster.blockers());
      RestoreJob job =
          new RestoreJob(
              cluster,
              repository,
              prepared,
              safety,
              new DeadJobs(journals, installation, cluster),
              past,
              spec);
      return new RestorePlan(
          preview(prepared),
          new FilePreview(cluster, repository, prepared),
          SavedRestorePlan.of(
              request, point.id(), cluster.clusterId(), prepared, cluster.context()),
          job,
          past.view().map(JournalView::job).orElse(null));
    }

    private ManifestCleaner cleaner() {
      return new ManifestCleaner(
          new CleanOptions(
              point.namespace(),
              namespace,
              request.classMap(),
              request.keepNodePorts(),
              request.suspendCronJobs(),
              false));
    }

    private PlanningOptions options() {
      ExistingMode mode =
          switch (request.existing()) {
            case SKIP -> ExistingMode.SKIP;
            case OVERWRITE -> ExistingMode.OVERWRITE;
            case FAIL -> ExistingMode.FAIL;
          };
      boolean into = request.volumes() != ExistingVolumes.KEEP;
      Set<String> quiet =
          into
              ? point.volumes().stream().map(RestorePoint.Volume::pvc).collect(Collectors.toSet())
              : Set.of();
      return new PlanningOptions(namespace, mode, past.exists(), quiet);
    }

    /// What was asked for, and what that needs: its namespace, its kinds' definitions, its PVCs'
    /// classes.
    private List<Cleaned> selected(List<Cleaned> cleaned) {
      if (selection.everything()) {
        return cleaned;
      }
      selection
          .unmatched(cleaned.stream().map(Cleaned::key).toList())
          .forEach(entry -> blockers.add(unmatched(entry)));
      List<Cleaned> named = cleaned.stream().filter(c -> selection.names(c.key())).toList();
      Set<String> kinds =
          named.stream().map(c -> c.key().type().qualifiedPlural()).collect(Collectors.toSet());
      boolean claims =
          kinds.contains("persistentvolumeclaims") || kinds.contains("statefulsets.apps");
      return cleaned.stream()
          .filter(c -> selection.names(c.key()) || needed(c.key(), kinds, claims))
          .toList();
    }

    private static boolean needed(ManifestKey key, Set<String> kinds, boolean claims) {
      return switch (key.kind()) {
        case "Namespace" -> true;
        case "CustomResourceDefinition" -> kinds.contains(key.name());
        case "StorageClass" -> claims;
        default -> false;
      };
    }

    private ItemFailure unmatched(String entry) {
      return new ItemFailure(
          entry,
          "restore.not-in-point",
          "restore point " + point.shortId() + " holds no " + entry,
          "'backstay ls " + point.shortId() + ":/manifests' shows what it holds");
    }

    private List<PlannedVolume> volumes(ManifestPlan manifests, MoverUsers users) {
      Map<String, PlannedManifest> claims = new TreeMap<>();
      manifests.objects().stream()
          .filter(o -> o.key().kind().equals("PersistentVolumeClaim"))
          .forEach(o -> claims.put(o.key().name(), o));
      Descriptor descriptor = points.descriptor(snapshot);
      descriptor.failures().stream().map(this::lacking).forEach(warnings::add);
      VolumePlanning planning =
          new VolumePlanning(
              cluster.connection(),
              namespace,
              manifests.createsNamespace(),
              request,
              past,
              users,
              new Admission(cluster.connection(), mover, namespace));
      List<PlannedVolume> volumes = new ArrayList<>();
      Set<String> held = new HashSet<>();
      for (Descriptor.DescribedVolume volume : descriptor.volumes()) {
        held.add(volume.pvc());
        if (selection.namesVolume(volume.pvc())) {
          volumes.add(part(planning.plan(volume, claims.get(volume.pvc()))));
        }
      }
      claims.values().stream()
          .filter(c -> c.action() == ObjectAction.CREATE && !held.contains(c.key().name()))
          .forEach(c -> warnings.add(empty(c.key().name())));
      selection.namedVolumes().stream()
          .filter(pvc -> !held.contains(pvc))
          .forEach(pvc -> blockers.add(unmatched("data of pvc/" + pvc)));
      return volumes;
    }

    /// With only the wanted paths, and what they amount to.
    private PlannedVolume part(PlannedVolume planned) {
      VolumePaths wanted = selection.paths(planned.pvc(), request.only());
      if (wanted.whole()) {
        return planned;
      }
      paths.put(planned.pvc(), wanted);
      VolumeTree tree =
          new VolumeTree(repository.repository(), snapshot, planned.pvc(), wanted, cancel);
      Set<FilePath> held = tree.entries().stream().map(FileEntry::path).collect(Collectors.toSet());
      wanted.wanted().stream()
          .filter(path -> !held.contains(path))
          .forEach(path -> blockers.add(unmatched("pvc/" + planned.pvc() + ":" + path)));
      return planned.part(wanted.text(), tree.files(wanted), tree.bytes());
    }

    private ItemFailure lacking(ItemFailure failure) {
      return new ItemFailure(
          failure.item(),
          "restore.partial-point",
          "restore point " + point.shortId() + " lacks it: " + failure.message(),
          "'backstay points' shows which restore points are complete");
    }

    private static ItemFailure empty(String pvc) {
      return new ItemFailure(
          "volumes/" + pvc,
          "restore.no-data",
          "PVC " + pvc + " comes back empty: the restore point holds no data of it",
          "look for an older restore point that does");
    }

    private Pauses pauses(ManifestPlan manifests, List<PlannedVolume> volumes) {
      if (manifests.createsNamespace()) {
        return Pauses.NONE;
      }
      Set<String> written =
          volumes.stream()
              .filter(PlannedVolume::writes)
              .map(PlannedVolume::pvc)
              .collect(Collectors.toSet());
      ScaleDown scaleDown = new ScaleDown(cluster.connection().under(cancel), namespace);
      Pauses pauses = scaleDown.find(written);
      blockers.addAll(pauses.blockers());
      warnings.addAll(pauses.warnings());
      return stillStopped(pauses, scaleDown, volumes);
    }

    /// With what a dead run of this job had stopped for volumes that it wrote to their end: it has
    /// to be started again, though nothing is left to write.
    private Pauses stillStopped(Pauses pauses, ScaleDown scaleDown, List<PlannedVolume> volumes) {
      Set<String> stopped = past.stopped().keySet();
      Set<String> filled =
          volumes.stream().map(PlannedVolume::pvc).filter(past::filled).collect(Collectors.toSet());
      if (stopped.isEmpty() || filled.isEmpty()) {
        return pauses;
      }
      Map<String, Pause> all = new TreeMap<>();
      scaleDown.find(filled).pauses().stream()
          .filter(pause -> stopped.contains(pause.workload().toString()))
          .forEach(pause -> all.put(pause.workload().toString(), pause));
      pauses.pauses().forEach(pause -> all.put(pause.workload().toString(), pause));
      return new Pauses(List.copyOf(all.values()), pauses.blockers(), pauses.warnings());
    }

    /// @return whether PVCs may be marked while they are written
    private boolean rights(List<PlannedVolume> volumes, Pauses pauses) {
      VolumeRights rights = new VolumeRights(cluster.connection().under(cancel), namespace);
      boolean marks = false;
      if (volumes.stream().anyMatch(PlannedVolume::writes)) {
        rights.writing();
        marks = rights.marking();
      }
      rights.pausing(pauses.pauses());
      missing.addAll(rights.missing());
      blockers.addAll(rights.blockers());
      return marks;
    }

    private Prepared prepared(
        ManifestPlan manifests,
        List<PlannedVolume> volumes,
        Pauses pauses,
        boolean marks,
        StoredManifests stored,
        MoverUsers users) {
      Map<String, MoverUser> others = new TreeMap<>();
      volumes.stream()
          .filter(PlannedVolume::writes)
          .map(PlannedVolume::pvc)
          .forEach(pvc -> users.of(pvc).ifPresent(user -> others.put(pvc, user)));
      return new Prepared(
          snapshot,
          namespace,
          manifests.createsNamespace(),
          manifests.objects(),
          volumes,
          paths,
          pauses.pauses(),
          false,
          marks,
          stored.failures(),
          mover,
          others,
          installation);
    }

    /// With a restore point before, if something is replaced that the dead run has not kept
    /// already.
    private Prepared safe(Prepared prepared) {
      SafetyBackUp.Replaced replaced = prepared.replaced();
      if (replaced.isEmpty() || !past.safety().isEmpty()) {
        return prepared;
      }
      SafetyBackUp.Prospect prospect = safety.look(cluster, repository, replaced, cancel);
      missing.addAll(prospect.missing());
      blockers.addAll(prospect.blockers());
      return prepared.withSafety(true);
    }

    private RestorePreview preview(Prepared prepared) {
      return new RestorePreview(
          point,
          cluster.context(),
          namespace,
          prepared.createsNamespace(),
          prepared.objects().stream().map(o -> Shown.object(o, request.showSecrets())).toList(),
          prepared.volumes(),
          prepared.pauses().stream().map(Shown::pause).toList(),
          prepared.safety(),
          missing,
          blockers,
          warnings);
    }
  }
}
