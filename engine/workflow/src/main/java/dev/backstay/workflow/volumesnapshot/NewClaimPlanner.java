package dev.backstay.workflow.volumesnapshot;

import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.cluster.volumesnapshot.Contents;
import dev.backstay.cluster.volumesnapshot.Quantity;
import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.StorageClassInfo;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Computes how a PVC would be made from a VolumeSnapshot. Writes nothing: what the server tries,
/// it tries as a dry run.
public final class NewClaimPlanner {

  private final Engine engine;
  private final ClusterSession cluster;
  private final NewClaimRequest request;
  private final Rights rights;
  private final List<ItemFailure> blockers = new ArrayList<>();
  private final List<ItemFailure> warnings = new ArrayList<>();

  /// The session must stay open until the plan's job has ended.
  public NewClaimPlanner(Engine engine, ClusterSession cluster, NewClaimRequest request) {
    this.engine = engine;
    this.cluster = cluster;
    this.request = request;
    this.rights = new Rights(cluster.connection(), request.namespace());
  }

  /// @throws dev.backstay.model.NotFoundException if there is no such VolumeSnapshot
  /// @throws InvalidInputException if the size is none
  public NewClaimPlan plan() {
    if (!request.size().isEmpty() && Quantity.bytes(request.size()) <= 0) {
      throw new InvalidInputException(
          "volumesnapshot.bad-size",
          "'" + request.size() + "' is not a size",
          "write it as Kubernetes does, such as 10Gi");
    }
    VolumeSnapshotInfo source = source();
    ready(source);
    List<PvcInfo> pvcs = cluster.pvcs(request.namespace()).items();
    Optional<PvcInfo> original =
        pvcs.stream().filter(pvc -> pvc.name().equals(source.pvc())).findFirst();
    if (pvcs.stream().anyMatch(pvc -> pvc.name().equals(request.pvc()))) {
      blockers.add(exists());
    }
    PlannedClaim claim = claim(source, original);
    rights.ask(TemporaryObject.PVC, "create", "get", "delete", "patch");
    blockers.addAll(rights.blockers(TemporaryObject.PVC, "create", "get"));
    NewClaimJob job =
        new NewClaimJob(engine, cluster, request, claim, rights.may("patch", TemporaryObject.PVC));
    if (blockers.isEmpty()) {
      tryOut(job);
    }
    blockers.addAll(cluster.blockers());
    return new NewClaimPlan(
        cluster.context(),
        request.namespace(),
        source,
        claim,
        rights.missing(),
        List.copyOf(blockers),
        List.copyOf(warnings),
        job);
  }

  private VolumeSnapshotInfo source() {
    return cluster.volumeSnapshots(request.namespace()).items().stream()
        .filter(snapshot -> snapshot.name().equals(request.volumeSnapshot()))
        .findFirst()
        .orElseThrow(() -> Absent.of(List.of(request.volumeSnapshot()), request.namespace()));
  }

  private void ready(VolumeSnapshotInfo source) {
    if (source.ready()) {
      return;
    }
    ItemFailure notReady =
        new ItemFailure(
            "volumesnapshots/" + source.name(),
            "volumesnapshot.not-ready",
            "VolumeSnapshot "
                + source.name()
                + " is not ready"
                + (source.error().isEmpty() ? "" : ": " + source.error()),
            source.error().isEmpty()
                ? "wait until it is"
                : "take another one; this one may never become ready");
    blockers.add(notReady);
  }

  private ItemFailure exists() {
    return new ItemFailure(
        "persistentvolumeclaims/" + request.pvc(),
        "volumesnapshot.exists",
        "there is a PVC " + request.pvc() + " already",
        "choose another name for --to; a PVC that exists is never written to");
  }

  private PlannedClaim claim(VolumeSnapshotInfo source, Optional<PvcInfo> original) {
    List<StorageClassInfo> classes = cluster.storageClasses().items();
    ClaimClass choice =
        ClaimClass.choose(classes, source.driver(), original, request.storageClass());
    choice.blocker().ifPresent(blockers::add);
    boolean waits =
        classes.stream()
            .anyMatch(c ->
                c.name().equals(choice.name()) && c.bindingMode().equals("WaitForFirstConsumer"));
    if (waits) {
      warnings.add(
          new ItemFailure(
              "persistentvolumeclaims/" + request.pvc(),
              "volumesnapshot.waits-for-pod",
              "StorageClass " + choice.name() + " is WaitForFirstConsumer: the PVC stays Pending",
              "start a pod that uses it; keep the VolumeSnapshot until the PVC is bound"));
    }
    return new PlannedClaim(
        request.pvc(),
        choice.name(),
        choice.reason(),
        bytes(source, original),
        original.map(PvcInfo::accessModes).orElse(List.of("ReadWriteOnce")),
        Contents.volumeMode(cluster.connection(), source)
            .or(() -> original.map(PvcInfo::volumeMode))
            .orElse("Filesystem"),
        waits);
  }

  /// What the driver says that it needs; where it says nothing, the size of the PVC that it was cut
  /// from.
  private long bytes(VolumeSnapshotInfo source, Optional<PvcInfo> original) {
    long needed = source.restoreSize();
    long wanted = request.size().isEmpty() ? -1 : Quantity.bytes(request.size());
    if (wanted >= 0 && wanted < needed) {
      blockers.add(
          new ItemFailure(
              "persistentvolumeclaims/" + request.pvc(),
              "volumesnapshot.too-small",
              wanted + " bytes are less than the " + needed + " that the snapshot needs",
              "give a larger --size, or none"));
    }
    if (wanted >= 0) {
      return wanted;
    }
    long bytes = needed > 0 ? needed : original.map(PvcInfo::capacity).orElse(-1L);
    if (bytes <= 0) {
      blockers.add(
          new ItemFailure(
              "persistentvolumeclaims/" + request.pvc(),
              "volumesnapshot.no-size",
              "the driver does not say how large a volume from the VolumeSnapshot must be",
              "give it with --size"));
    }
    return bytes;
  }

  /// Quotas and admission webhooks speak here.
  private void tryOut(NewClaimJob job) {
    TemporaryObject object = job.object();
    try {
      cluster
          .connection()
          .create(
              object.collection(),
              job.manifest(job.lasting(TakeJob.DRY_RUN, Creations.UNHEARD)),
              WriteMode.DRY_RUN);
    } catch (ConflictException e) {
      blockers.add(exists());
    } catch (EngineException e) {
      blockers.add(ItemFailure.of("persistentvolumeclaims/" + object.name(), e));
    }
  }
}
