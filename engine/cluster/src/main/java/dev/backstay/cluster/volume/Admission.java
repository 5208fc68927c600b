package dev.backstay.cluster.volume;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.mover.MoverPod;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.mover.MoverUser;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.cluster.volumesnapshot.Specs;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.PvcInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What the server says to temporary objects, by server-side dry run: Pod Security, LimitRange,
/// ResourceQuota and admission webhooks speak here. Nothing is made.
public final class Admission {

  private static final String NAME = "backstay-dry-run";
  private static final JobTag TAG = new JobTag("dryrun", "dryrun");

  private final ClusterConnection connection;
  private final MoverSettings settings;
  private final String namespace;
  private final Map<MoverUser, Optional<ItemFailure>> pods = new HashMap<>();

  public Admission(ClusterConnection connection, MoverSettings settings, String namespace) {
    this.connection = connection;
    this.settings = settings;
    this.namespace = namespace;
  }

  /// Why a mover pod of this user would be refused; empty if it would not.
  public Optional<ItemFailure> pod(MoverUser user) {
    return pods.computeIfAbsent(user, this::tryPod);
  }

  private Optional<ItemFailure> tryPod(MoverUser user) {
    MoverPod.Use use = new MoverPod.Use(NAME, true, "", user);
    return refused(
        TemporaryObject.POD.path(namespace),
        MoverPod.manifest(TAG, settings, namespace, NAME, use),
        "mover pod",
        "a mover pod as " + user);
  }

  /// Why the temporary PVC of a volume would be refused.
  Optional<ItemFailure> claim(PvcInfo pvc) {
    ObjectNode claim = TAG.object("v1", "PersistentVolumeClaim", namespace, NAME);
    Specs.ofVolumeSnapshot(
        claim,
        NAME,
        pvc.storageClass(),
        pvc.capacity(),
        List.of("ReadWriteOnce"),
        pvc.volumeMode());
    return refused(
        TemporaryObject.PVC.path(namespace),
        claim,
        "temporary PVC",
        "the temporary PVC of " + pvc.name());
  }

  /// Why its VolumeSnapshot would be refused.
  Optional<ItemFailure> volumeSnapshot(PvcInfo pvc) {
    ObjectNode manifest =
        TAG.object("snapshot.storage.k8s.io/v1", "VolumeSnapshot", namespace, NAME);
    return refused(
        TemporaryObject.VOLUME_SNAPSHOT.path(namespace),
        Specs.ofPvc(manifest, pvc.name(), pvc.snapshotClass().name()),
        "VolumeSnapshot",
        "the VolumeSnapshot of " + pvc.name());
  }

  private Optional<ItemFailure> refused(
      String path, ObjectNode object, String item, String described) {
    try {
      connection.create(path, object, WriteMode.DRY_RUN);
      return Optional.empty();
    } catch (EngineException e) {
      String said = String.valueOf(e.getMessage());
      return said.contains("does not support dry run")
          ? Optional.empty() // a webhook that cannot be asked has not refused
          : Optional.of(
              new ItemFailure(
                  item,
                  "volume.not-admitted",
                  "the server would refuse " + described + ": " + said,
                  remedy(said)));
    }
  }

  private String remedy(String said) {
    if (said.contains("PodSecurity")) {
      return "allow the Pod Security level 'baseline' in namespace " + namespace;
    }
    if (said.contains("exceeded quota")) {
      return "raise that ResourceQuota, or make room in it";
    }
    if (said.contains("must specify") || said.contains("usage per")) {
      return "set mover.resources in the settings as the ResourceQuota or LimitRange wants them";
    }
    return "change the policy that refuses it";
  }
}
