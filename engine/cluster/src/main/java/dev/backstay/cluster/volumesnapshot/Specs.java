package dev.backstay.cluster.volumesnapshot;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The specs of the objects that snapshots are made of. Each is put into a manifest that has its
/// kind and metadata already.
public final class Specs {

  private Specs() {}

  /// A VolumeSnapshot of a PVC.
  ///
  /// @param snapshotClass empty for the default class of the PVC's driver
  public static ObjectNode ofPvc(ObjectNode manifest, String pvc, String snapshotClass) {
    ObjectNode spec = manifest.putObject("spec");
    if (!snapshotClass.isEmpty()) {
      spec.put("volumeSnapshotClassName", snapshotClass);
    }
    spec.putObject("source").put("persistentVolumeClaimName", pvc);
    return manifest;
  }

  /// A VolumeGroupSnapshot of all PVCs that a selector takes.
  public static ObjectNode ofGroup(ObjectNode manifest, GroupSelector selector, String groupClass) {
    ObjectNode spec = manifest.putObject("spec").put("volumeGroupSnapshotClassName", groupClass);
    spec.putObject("source").set("selector", selector.toJson());
    return manifest;
  }

  /// A PVC made from a VolumeSnapshot.
  ///
  /// @param bytes its size
  /// @param volumeMode `Filesystem` or `Block`
  public static ObjectNode ofVolumeSnapshot(
      ObjectNode manifest,
      String volumeSnapshot,
      String storageClass,
      long bytes,
      List<String> accessModes,
      String volumeMode) {
    ObjectNode spec = manifest.putObject("spec").put("storageClassName", storageClass);
    spec.put("volumeMode", volumeMode);
    ArrayNode modes = spec.putArray("accessModes");
    accessModes.forEach(modes::add);
    spec.putObject("resources").putObject("requests").put("storage", Long.toString(bytes));
    spec.putObject("dataSource")
        .put("apiGroup", "snapshot.storage.k8s.io")
        .put("kind", "VolumeSnapshot")
        .put("name", volumeSnapshot);
    return manifest;
  }
}
