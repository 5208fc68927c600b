package dev.backstay.workflow.restore;

import dev.backstay.cluster.apply.plan.ObjectAction;
import dev.backstay.cluster.apply.plan.PlannedManifest;
import dev.backstay.cluster.apply.ready.Pause;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.mover.MoverUser;
import dev.backstay.model.ItemFailure;
import dev.backstay.repository.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a restore job does, as it was planned.
///
/// @param snapshot where the data comes from
/// @param namespace where it goes
/// @param createsNamespace whether that is made first
/// @param objects in the order in which they are applied
/// @param volumes what is written into PVCs, those without a writing action included
/// @param paths by PVC, which paths of it; absent for whole volumes
/// @param pauses what is stopped meanwhile
/// @param safety whether a restore point of what is replaced is taken first
/// @param marks whether PVCs are marked while they are written
/// @param damaged manifests that could not be read
/// @param mover how mover pods are made
/// @param users by PVC, as whom a mover pod may write it where root is not admitted
/// @param installation whose temporary objects they are
record Prepared(
    Snapshot snapshot,
    String namespace,
    boolean createsNamespace,
    List<PlannedManifest> objects,
    List<PlannedVolume> volumes,
    Map<String, VolumePaths> paths,
    List<Pause> pauses,
    boolean safety,
    boolean marks,
    List<ItemFailure> damaged,
    MoverSettings mover,
    Map<String, MoverUser> users,
    String installation) {

  Prepared withSafety(boolean wanted) {
    return new Prepared(
        snapshot,
        namespace,
        createsNamespace,
        objects,
        volumes,
        paths,
        pauses,
        wanted,
        marks,
        damaged,
        mover,
        users,
        installation);
  }

  List<PlannedVolume> written() {
    return volumes.stream().filter(PlannedVolume::writes).toList();
  }

  /// Objects that are overwritten, and PVCs whose data is replaced and not only filled.
  SafetyBackUp.Replaced replaced() {
    return new SafetyBackUp.Replaced(
        namespace,
        objects.stream()
            .filter(o -> o.action() == ObjectAction.OVERWRITE)
            .map(o -> o.key().type().qualifiedPlural())
            .collect(Collectors.toSet()),
        volumes.stream()
            .filter(v -> v.writes() && v.action() != PlannedVolume.Action.FILL)
            .map(PlannedVolume::pvc)
            .toList());
  }
}
