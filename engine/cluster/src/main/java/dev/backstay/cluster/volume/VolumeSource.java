package dev.backstay.cluster.volume;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.mover.Mover;
import dev.backstay.cluster.mover.MoverPod;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.cluster.temporary.TemporaryVolume;
import dev.backstay.cluster.volumesnapshot.SnapshotReady;
import dev.backstay.cluster.volumesnapshot.Specs;
import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.PvcInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What is made for one PVC: VolumeSnapshot, temporary PVC and mover pod, as its plan says. The
/// names follow from the job and the PVC, so a later process of the same job finds them. Used by
/// one thread at a time.
final class VolumeSource {

  private final ClusterConnection connection;
  private final ClusterConnection cancellable;
  private VolumePlan plan;
  private final MoverSettings settings;
  private final JobTag tag;
  private final Creations creations;
  private final CancelToken cancel;
  private final String namespace;
  private TemporaryObject snapshot;
  private final TemporaryObject claim;
  private final TemporaryObject pod;
  private boolean notOurs;
  private boolean released;
  private @Nullable EngineException refused;
  private @Nullable VolumeSource other;

  VolumeSource(
      ClusterConnection connection,
      String namespace,
      VolumePlan plan,
      MoverSettings settings,
      JobTag tag,
      Creations creations,
      CancelToken cancel) {
    this.connection = connection;
    this.cancellable = connection.under(cancel);
    this.namespace = namespace;
    this.plan = plan;
    this.settings = settings;
    this.tag = tag;
    this.creations = creations;
    this.cancel = cancel;
    String name = nameFor(tag, plan.pvc().name());
    this.notOurs = !plan.existing().isEmpty();
    this.snapshot =
        new TemporaryObject(
            TemporaryObject.VOLUME_SNAPSHOT, namespace, notOurs ? plan.existing() : name);
    this.claim = new TemporaryObject(TemporaryObject.PVC, namespace, name);
    this.pod = new TemporaryObject(TemporaryObject.POD, namespace, name);
  }

  /// Short enough for any kind, the same for the same job and PVC.
  static String nameFor(JobTag tag, String pvc) {
    return "backstay-" + tag.job() + "-" + HexFormat.of().toHexDigits(pvc.hashCode());
  }

  String pvc() {
    return plan.pvc().name();
  }

  VolumePlan plan() {
    return other == null ? plan : other.plan;
  }

  /// Whether it is read from a VolumeSnapshot: one of its own, a group's, or somebody's.
  boolean cuts() {
    return plan.method() == VolumeMethod.VOLUME_SNAPSHOT;
  }

  /// It is read from a member of a group, which is removed with that group.
  ///
  /// @param name the VolumeSnapshot's
  /// @param grouped what the plan is then
  void join(String name, VolumePlan grouped) {
    snapshot = new TemporaryObject(TemporaryObject.VOLUME_SNAPSHOT, namespace, name);
    plan = grouped;
    notOurs = true;
  }

  /// Asks for the VolumeSnapshot, if there is to be one; does not wait for it.
  void cut() {
    cancel.checkpoint();
    if (!cuts() || notOurs) {
      return;
    }
    ObjectNode manifest =
        tag.object("snapshot.storage.k8s.io/v1", "VolumeSnapshot", namespace, snapshot.name());
    Specs.ofPvc(manifest, pvc(), plan.snapshotClass());
    try {
      snapshot.ensure(cancellable, manifest, tag, creations);
    } catch (EngineException e) {
      cancel.checkpoint();
      refused = e; // the other volumes go on
    }
  }

  VolumeReader open() {
    cancel.checkpoint();
    return switch (plan.method()) {
      case VOLUME_SNAPSHOT -> fromSnapshotOrOtherwise();
      case BESIDE_POD -> ownPod(pvc(), plan.node(), null);
      case IN_CONTAINER ->
          new VolumeReader(
              new Mover(
                  cancellable, namespace, plan.pod(), plan.container(), plan.mountPath(), false),
              pvc(),
              null);
      case NONE -> throw new IllegalStateException("not planned: " + pvc());
    };
  }

  /// Takes another pod, because the one that was opened is lost: evicted, or its node is gone. What
  /// was cut stays cut.
  VolumeReader openAgain() {
    if (other != null) {
      return other.openAgain();
    }
    if (plan.method() != VolumeMethod.IN_CONTAINER) {
      pod.remove(connection, creations, settings.readyTimeout());
    }
    if (cuts()) {
      claim.remove(connection, creations, settings.readyTimeout());
    }
    return open();
  }

  private VolumeReader fromSnapshotOrOtherwise() {
    VolumePlan otherwise = plan.otherwise();
    try {
      return fromSnapshot();
    } catch (EngineException e) {
      cancel.checkpoint();
      if (otherwise == null || !release().isEmpty()) {
        throw e;
      }
      VolumePlan now = otherwise.because(String.valueOf(e.getMessage()));
      other = new VolumeSource(connection, namespace, now, settings, tag, creations, cancel);
      return other.open();
    }
  }

  private VolumeReader fromSnapshot() {
    if (refused != null) {
      throw refused;
    }
    SnapshotReady ready = SnapshotReady.await(cancellable, snapshot, settings.readyTimeout());
    PvcInfo original = plan.pvc();
    ObjectNode manifest = tag.object("v1", "PersistentVolumeClaim", namespace, claim.name());
    Specs.ofVolumeSnapshot(
        manifest,
        snapshot.name(),
        original.storageClass(),
        Math.max(ready.restoreSize(), original.capacity()),
        List.of("ReadWriteOnce"),
        "Filesystem");
    claim.ensure(cancellable, manifest, tag, creations);
    return ownPod(claim.name(), "", ready.cut());
  }

  private VolumeReader ownPod(String mounted, String node, @Nullable Instant cut) {
    boolean readOnly = plan.method() == VolumeMethod.BESIDE_POD;
    pod.ensure(
        cancellable,
        MoverPod.manifest(
            tag,
            settings,
            namespace,
            pod.name(),
            new MoverPod.Use(mounted, readOnly, node, plan.user())),
        tag,
        creations);
    new PodStart(cancellable, pod, mounted).await(settings.readyTimeout());
    if (cuts()) {
      TemporaryVolume.deleteWithClaim(cancellable, claim);
    }
    Mover mover =
        new Mover(cancellable, namespace, pod.name(), MoverPod.CONTAINER, Mover.ROOT, true);
    return new VolumeReader(mover, pvc(), cut);
  }

  /// Removes pod, claim and VolumeSnapshot, in that order; goes on after a failure.
  List<ItemFailure> release() {
    if (other != null) {
      return other.release();
    }
    List<ItemFailure> left = new ArrayList<>();
    if (released || plan.method() == VolumeMethod.IN_CONTAINER) {
      return left;
    }
    remove(pod, left);
    if (cuts()) {
      TemporaryVolume.forget(connection, claim, left, () -> remove(claim, left));
    }
    if (cuts() && !notOurs) {
      TemporaryVolume.deleteContentWith(connection, snapshot);
      remove(snapshot, left);
    }
    released = left.isEmpty();
    return left;
  }

  private void remove(TemporaryObject object, List<ItemFailure> left) {
    try {
      object.remove(connection, creations, settings.readyTimeout());
    } catch (EngineException e) {
      left.add(ItemFailure.of(object.type().plural() + "/" + object.name(), e));
    }
  }
}
