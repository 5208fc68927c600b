package dev.backstay.sandbox.control;

import dev.backstay.sandbox.api.Quantity;
import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The CSI driver's part: volumes made, filled from a VolumeSnapshot or another claim, and deleted.
final class Provisioning {

  private static final String FINALIZER = "external-provisioner.volume.kubernetes.io/finalizer";
  private static final String VOLUMES = "persistentvolumes";

  private final World world;

  Provisioning(World world) {
    this.world = world;
  }

  void provision(ObjectNode claim, ObjectNode storageClass) throws Refusal {
    String driver = Json.text(storageClass, "provisioner");
    annotate(claim, driver);
    if (Json.text(storageClass, "parameters", "fail").equals("true")) {
      fail(claim, storageClass, "rpc error: code = Internal desc = told to fail by the class");
      return;
    }
    String handle = "pvc-" + Json.uid(claim);
    try {
      Optional<String> problem = fill(claim, handle);
      if (problem.isPresent()) {
        fail(claim, storageClass, problem.get());
        return;
      }
    } catch (IOException e) {
      fail(claim, storageClass, "rpc error: code = Internal desc = " + e);
      return;
    }
    world.create(VOLUMES, "", volume(claim, storageClass, handle));
    String text = "Successfully provisioned volume " + handle;
    world.tell(claim, "ProvisioningSucceeded", text);
  }

  private void annotate(ObjectNode claim, String driver) {
    world.edit(
        "persistentvolumeclaims",
        claim,
        next -> {
          ObjectNode annotations = Json.child(Json.meta(next), "annotations");
          annotations.put("volume.beta.kubernetes.io/storage-provisioner", driver);
          annotations.put("volume.kubernetes.io/storage-provisioner", driver);
        });
  }

  private void fail(ObjectNode claim, ObjectNode storageClass, String why) {
    String name = Json.name(storageClass);
    world.warn(
        claim,
        "ProvisioningFailed",
        "failed to provision volume with StorageClass \"" + name + "\": " + why);
  }

  /// What stands against it, or nothing if the folder is there now.
  private Optional<String> fill(ObjectNode claim, String handle) throws IOException {
    JsonNode source = Json.at(claim, "spec", "dataSource");
    if (!source.isObject()) {
      world.volumes().create(handle);
      return Optional.empty();
    }
    String name = Json.text(source, "name");
    return switch (Json.text(source, "kind")) {
      case "VolumeSnapshot" -> fromVolumeSnapshot(claim, name, handle);
      case "PersistentVolumeClaim" -> fromClaim(claim, name, handle);
      default -> Optional.of("error, new PVC sources are not supported by the provisioner");
    };
  }

  private Optional<String> fromVolumeSnapshot(ObjectNode claim, String name, String handle)
      throws IOException {
    Optional<ObjectNode> taken = world.find(VolumeSnapshots.ALL, Json.namespace(claim), name);
    if (taken.isEmpty() || Json.deleting(taken.get())) {
      return Optional.of("error getting snapshot " + name + ": not found");
    }
    if (!Json.flag(taken.get(), "status", "readyToUse")) {
      return Optional.of("snapshot " + name + " is not Ready");
    }
    String size = Json.text(taken.get(), "status", "restoreSize");
    if (Quantity.bytes(size) > Sizes.wanted(claim)) {
      String asked = Long.toString(Sizes.wanted(claim));
      return Optional.of(
          "requested volume size " + asked + " is less than the size " + size + " for the source");
    }
    Optional<ObjectNode> content =
        world.find(
            VolumeSnapshots.CONTENTS,
            "",
            Json.text(taken.get(), "status", "boundVolumeSnapshotContentName"));
    String from = content.map(c -> Json.text(c, "status", "snapshotHandle")).orElse("");
    if (from.isEmpty() || !world.volumes().exists(from)) {
      return Optional.of("rpc error: code = NotFound desc = no snapshot " + from);
    }
    world.volumes().copy(from, handle);
    return Optional.empty();
  }

  private Optional<String> fromClaim(ObjectNode claim, String name, String handle)
      throws IOException {
    Optional<ObjectNode> source = world.find("persistentvolumeclaims", Json.namespace(claim), name);
    String from =
        source
            .flatMap(s -> world.find(VOLUMES, "", Json.text(s, "spec", "volumeName")))
            .map(Provisioning::handle)
            .orElse("");
    if (from.isEmpty()) {
      return Optional.of("error getting PVC " + name + " as data source: it is not bound");
    }
    world.volumes().copy(from, handle);
    return Optional.empty();
  }

  private static ObjectNode volume(ObjectNode claim, ObjectNode storageClass, String handle) {
    ObjectNode volume = Json.object();
    ObjectNode meta = Json.meta(volume).put("name", handle);
    String driver = Json.text(storageClass, "provisioner");
    meta.putObject("annotations").put("pv.kubernetes.io/provisioned-by", driver);
    meta.putArray("finalizers").add(FINALIZER);
    ObjectNode spec = volume.putObject("spec");
    String size = Json.text(claim, "spec", "resources", "requests", "storage");
    spec.putObject("capacity").put("storage", size);
    spec.putObject("csi").put("driver", driver).put("volumeHandle", handle);
    spec.set("accessModes", Json.at(claim, "spec", "accessModes"));
    ObjectNode reference = spec.putObject("claimRef").put("kind", "PersistentVolumeClaim");
    reference.put("apiVersion", "v1").put("namespace", Json.namespace(claim));
    reference.put("name", Json.name(claim)).put("uid", Json.uid(claim));
    spec.put("persistentVolumeReclaimPolicy", Json.text(storageClass, "reclaimPolicy"));
    spec.put("storageClassName", Json.name(storageClass));
    spec.put("volumeMode", Json.text(claim, "spec", "volumeMode"));
    return volume;
  }

  /// The name of a volume's folder.
  static String handle(JsonNode volume) {
    return Json.text(volume, "spec", "csi", "volumeHandle");
  }

  /// Ends the deletion of a volume that nobody claims; its files go if its policy says so.
  void remove(ObjectNode volume) {
    if (Json.text(volume, "spec", "persistentVolumeReclaimPolicy").equals("Delete")
        && !handle(volume).isEmpty()) {
      world.volumes().delete(handle(volume));
    }
    world.edit(
        VOLUMES,
        volume,
        next -> {
          Json.removeFinalizer(next, FINALIZER);
          Json.removeFinalizer(next, "kubernetes.io/pv-protection");
        });
  }
}
