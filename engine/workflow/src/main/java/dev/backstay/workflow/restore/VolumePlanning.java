package dev.backstay.workflow.restore;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.apply.plan.LiveContent;
import dev.backstay.cluster.apply.plan.PlannedManifest;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.mover.MoverUser;
import dev.backstay.cluster.temporary.UnfinishedRestore;
import dev.backstay.cluster.volume.Admission;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.point.Descriptor;
import dev.backstay.workflow.restore.PlannedVolume.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Decides what happens to the data of each PVC.
final class VolumePlanning {

  private static final ResourceType CLAIM =
      ResourceType.core("persistentvolumeclaims", "PersistentVolumeClaim");
  private static final String METHOD = "mover pod";

  private final ClusterConnection connection;
  private final String namespace;
  private final boolean createsNamespace;
  private final RestoreRequest request;
  private final Past past;
  private final MoverUsers users;
  private final Admission admission;

  VolumePlanning(
      ClusterConnection connection,
      String namespace,
      boolean createsNamespace,
      RestoreRequest request,
      Past past,
      MoverUsers users,
      Admission admission) {
    this.connection = connection;
    this.namespace = namespace;
    this.createsNamespace = createsNamespace;
    this.request = request;
    this.past = past;
    this.users = users;
    this.admission = admission;
  }

  /// @param claim what happens to the PVC itself, null if the restore point holds no manifest of it
  PlannedVolume plan(Descriptor.DescribedVolume volume, @Nullable PlannedManifest claim) {
    PlannedVolume planned = wanted(volume, claim);
    return planned.writes() && !createsNamespace ? admitted(planned) : planned;
  }

  /// With the user that the cluster admits; a namespace that is not there yet cannot be asked.
  private PlannedVolume admitted(PlannedVolume planned) {
    Optional<ItemFailure> refused = admission.pod(MoverUser.ROOT);
    if (refused.isEmpty()) {
      return planned;
    }
    Optional<MoverUser> user = users.of(planned.pvc());
    return user.isPresent() && admission.pod(user.get()).isEmpty()
        ? planned.as(user.get(), refused.get().message())
        : planned.refused(refused.get().message() + " (" + refused.get().remedy() + ")");
  }

  private PlannedVolume wanted(Descriptor.DescribedVolume volume, @Nullable PlannedManifest claim) {
    Optional<ObjectNode> live = live(volume.pvc());
    if (live.isPresent()) {
      return existing(volume, live.get());
    }
    if (claim == null || claim.object() == null) {
      return planned(volume, Action.CONFLICT, "", -1, "there is no such PVC and no manifest of it");
    }
    ObjectNode object = claim.object();
    return switch (claim.action()) {
      case CREATE ->
          planned(
              volume,
              Action.FILL,
              ObjectFields.text(object, "spec", "storageClassName"),
              volume.capacity(),
              "");
      case EXISTS_SKIP, OVERWRITE, CONFLICT, LEFT_OUT ->
          planned(volume, Action.CONFLICT, "", -1, "its PVC cannot be made: " + claim.reason());
    };
  }

  private Optional<ObjectNode> live(String pvc) {
    if (createsNamespace) {
      return Optional.empty();
    }
    try {
      return connection.find(CLAIM.path(namespace, pvc));
    } catch (EngineException e) {
      return Optional.empty(); // creating it will tell
    }
  }

  private PlannedVolume existing(Descriptor.DescribedVolume volume, ObjectNode live) {
    String storageClass = ObjectFields.text(live, "spec", "storageClassName");
    boolean ours = LiveContent.ours(live, ClusterConnection.FIELD_MANAGER);
    if (ours && past.filling(volume.pvc())) {
      return planned(
          volume,
          Action.FILL,
          storageClass,
          volume.capacity(),
          "goes on where the last run stopped");
    }
    if (past.filled(volume.pvc())) {
      return planned(
          volume, Action.KEEP, storageClass, volume.capacity(), "written by the run that stopped");
    }
    String unfinished = UnfinishedRestore.of(live);
    if (!unfinished.isEmpty() && request.volumes() == ExistingVolumes.KEEP) {
      return planned(
          volume,
          Action.CONFLICT,
          storageClass,
          -1,
          "the PVC that is there is half written by restore job "
              + unfinished
              + ": repeat that restore, or use --volumes merge or mirror, or delete the PVC");
    }
    if (ObjectFields.text(live, "spec", "volumeMode").equals("Block")) {
      return planned(
          volume, Action.CONFLICT, storageClass, -1, "the PVC that is there is a raw block device");
    }
    return switch (request.volumes()) {
      case KEEP ->
          planned(
              volume,
              Action.KEEP,
              storageClass,
              -1,
              "is there and stays as it is; to merge or to mirror writes into it");
      case MERGE ->
          planned(
              volume, Action.MERGE, storageClass, volume.capacity(), "is there; other files stay");
      case MIRROR ->
          planned(
              volume,
              Action.MIRROR,
              storageClass,
              volume.capacity(),
              "is there; other files are deleted");
    };
  }

  private static PlannedVolume planned(
      Descriptor.DescribedVolume volume,
      Action action,
      String storageClass,
      long capacity,
      String reason) {
    List<String> losses = new ArrayList<>(volume.losses());
    losses.add("times are written to the second");
    return new PlannedVolume(
        volume.pvc(),
        action,
        storageClass,
        capacity,
        volume.files(),
        volume.bytes(),
        METHOD,
        losses,
        reason,
        List.of());
  }
}
