package dev.backstay.workflow.volumesnapshot;

import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.temporary.TemporaryGroup;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.cluster.volumesnapshot.DependentPvc;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.journal.JournalView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Computes what deleting VolumeSnapshots would destroy. Writes nothing.
public final class DeletePlanner {

  private final Engine engine;
  private final ClusterSession cluster;
  private final DeleteRequest request;
  private final List<VolumeSnapshotInfo> there;
  private final Optional<ResourceType> groupType;
  private final Set<String> groups = new LinkedHashSet<>();
  private final List<ItemFailure> blockers = new ArrayList<>();
  private final List<ItemFailure> warnings = new ArrayList<>();

  /// The session must stay open until the plan's job has ended.
  public DeletePlanner(Engine engine, ClusterSession cluster, DeleteRequest request) {
    this.engine = engine;
    this.cluster = cluster;
    this.request = request;
    this.there = cluster.volumeSnapshots(request.namespace()).items();
    this.groupType = TemporaryGroup.type(cluster.types());
  }

  /// @throws NotFoundException if one of them does not exist
  public DeletePlan plan() {
    List<VolumeSnapshotInfo> chosen = chosen();
    chosen.forEach(snapshot -> inGroup(snapshot, chosen));
    List<DependentPvc> pvcs = dependents();
    List<PlannedDeletion> items =
        chosen.stream().map(snapshot -> deletion(snapshot, pvcs)).toList();
    Rights rights = new Rights(cluster.connection(), request.namespace());
    rights.ask(TemporaryObject.VOLUME_SNAPSHOT, "delete");
    blockers.addAll(rights.blockers(TemporaryObject.VOLUME_SNAPSHOT, "delete"));
    if (!groups.isEmpty()) {
      groupType.ifPresent(type -> {
        rights.ask(type, "delete");
        blockers.addAll(rights.blockers(type, "delete"));
      });
    }
    blockers.addAll(cluster.blockers());
    return new DeletePlan(
        cluster.context(),
        request.namespace(),
        items,
        List.copyOf(groups),
        rights.missing(),
        List.copyOf(blockers),
        List.copyOf(warnings),
        new DeleteJob(engine, cluster, request, single(chosen), groupObjects()));
  }

  private List<VolumeSnapshotInfo> chosen() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : request.names()) {
      if (name.startsWith(DeleteRequest.GROUP)) {
        names.addAll(members(name.substring(DeleteRequest.GROUP.length())));
      } else {
        names.add(name);
      }
    }
    List<VolumeSnapshotInfo> chosen =
        there.stream().filter(snapshot -> names.contains(snapshot.name())).toList();
    chosen.forEach(snapshot -> names.remove(snapshot.name()));
    if (!names.isEmpty()) {
      throw Absent.of(List.copyOf(names), request.namespace());
    }
    return chosen;
  }

  private List<String> members(String group) {
    if (!exists(group)) {
      throw new NotFoundException(
          "volumesnapshot.no-such-group",
          "there is no VolumeGroupSnapshot " + group + " in namespace " + request.namespace(),
          "look at 'backstay snapshots -o wide'");
    }
    groups.add(group);
    return there.stream()
        .filter(snapshot -> snapshot.group().equals(group))
        .map(VolumeSnapshotInfo::name)
        .toList();
  }

  private boolean exists(String group) {
    return groupType
        .flatMap(type -> cluster.connection().find(type.path(request.namespace(), group)))
        .isPresent();
  }

  /// The snapshot controller lets no member go before its group.
  private void inGroup(VolumeSnapshotInfo snapshot, List<VolumeSnapshotInfo> chosen) {
    String group = snapshot.group();
    if (group.isEmpty() || groups.contains(group) || !exists(group)) {
      return;
    }
    List<VolumeSnapshotInfo> members =
        there.stream().filter(other -> other.group().equals(group)).toList();
    if (chosen.containsAll(members)) {
      groups.add(group);
      return;
    }
    blockers.add(
        new ItemFailure(
            item(snapshot),
            "volumesnapshot.in-group",
            "VolumeSnapshot "
                + snapshot.name()
                + " belongs to VolumeGroupSnapshot "
                + group
                + " and cannot go alone",
            "delete all "
                + members.size()
                + " members with: backstay snapshot delete "
                + DeleteRequest.GROUP
                + group));
  }

  private List<DependentPvc> dependents() {
    try {
      return DependentPvc.of(cluster.connection(), request.namespace());
    } catch (EngineException e) {
      warnings.add(ItemFailure.of("persistentvolumeclaims", e));
      return List.of();
    }
  }

  private PlannedDeletion deletion(VolumeSnapshotInfo snapshot, List<DependentPvc> pvcs) {
    List<DependentPvc> own =
        pvcs.stream().filter(pvc -> pvc.volumeSnapshot().equals(snapshot.name())).toList();
    own.forEach(pvc -> depends(snapshot, pvc));
    owner(snapshot);
    inUse(snapshot);
    return new PlannedDeletion(
        snapshot, effect(snapshot), own.stream().map(DependentPvc::pvc).toList());
  }

  /// The snapshot controller lets none go while a PVC is still to be made from it.
  private void depends(VolumeSnapshotInfo snapshot, DependentPvc pvc) {
    if (pvc.phase().equals("Pending")) {
      blockers.add(
          new ItemFailure(
              item(snapshot),
              "volumesnapshot.needed",
              "PVC " + pvc.pvc() + " is to be made from it and is Pending",
              "start a pod that uses that PVC, or delete that PVC first"));
      return;
    }
    warnings.add(
        new ItemFailure(
            item(snapshot),
            "volumesnapshot.has-pvc",
            "PVC " + pvc.pvc() + " was made from it",
            "a driver that shares data between the two may refuse or delay the deletion"));
  }

  private void owner(VolumeSnapshotInfo snapshot) {
    if (!snapshot.owner().isEmpty() && !snapshot.owner().equalsIgnoreCase("Backstay")) {
      warnings.add(
          new ItemFailure(
              item(snapshot),
              "volumesnapshot.made-by-other",
              "it was made by " + snapshot.owner() + ", whose restore points may need it",
              "delete those with " + snapshot.owner() + " instead"));
    }
  }

  private void inUse(VolumeSnapshotInfo snapshot) {
    String path =
        new TemporaryObject(TemporaryObject.VOLUME_SNAPSHOT, snapshot.namespace(), snapshot.name())
            .path();
    engine.journals().all().stream()
        .filter(JournalView::alive)
        .filter(view -> cluster.clusterId().equals(view.spec().clusterId()))
        .filter(view -> view.leftovers().contains(path))
        .findFirst()
        .ifPresent(view ->
            blockers.add(
                new ItemFailure(
                    item(snapshot),
                    "volumesnapshot.in-use",
                    "job " + view.job() + " is using it",
                    "wait until that job has ended; it removes it by itself")));
  }

  private static String effect(VolumeSnapshotInfo snapshot) {
    return switch (snapshot.deletionPolicy()) {
      case "Delete" -> "the snapshot in the storage goes too: its data is lost";
      case "Retain" ->
          "the snapshot in the storage stays, and with it VolumeSnapshotContent "
              + snapshot.content();
      default -> "whether its data goes too is not known: its content may not be read";
    };
  }

  private static String item(VolumeSnapshotInfo snapshot) {
    return "volumesnapshots/" + snapshot.name();
  }

  private List<TemporaryObject> single(List<VolumeSnapshotInfo> chosen) {
    return chosen.stream()
        .filter(snapshot -> !groups.contains(snapshot.group()))
        .map(snapshot ->
            new TemporaryObject(
                TemporaryObject.VOLUME_SNAPSHOT, snapshot.namespace(), snapshot.name()))
        .toList();
  }

  private List<TemporaryObject> groupObjects() {
    return groupType.stream()
        .flatMap(type ->
            new TreeSet<>(groups)
                .stream().map(name -> new TemporaryObject(type, request.namespace(), name)))
        .toList();
  }
}
