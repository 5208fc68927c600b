package dev.backstay.sandbox.control;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Binds claims to volumes, and looks after both when they go.
final class Claims implements Controller {

  private static final String CLAIMS = "persistentvolumeclaims";
  private static final String VOLUMES = "persistentvolumes";
  static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  private final World world;
  private final Provisioning provisioning;

  Claims(World world) {
    this.world = world;
    this.provisioning = new Provisioning(world);
  }

  @Override
  public void run() throws Refusal {
    for (ObjectNode claim : world.list(CLAIMS)) {
      if (Json.deleting(claim)) {
        release(claim);
      } else if (Json.text(claim, "status", "phase").equals("Pending")) {
        bind(claim);
      } else {
        watchOver(claim);
      }
    }
    for (ObjectNode volume : world.list(VOLUMES)) {
      look(volume);
    }
  }

  private void bind(ObjectNode claim) throws Refusal {
    Optional<ObjectNode> volume = existing(claim);
    if (volume.isPresent()) {
      join(claim, volume.get());
      return;
    }
    if (Json.has(claim, "spec", "volumeName")) {
      return;
    }
    String className = Json.text(claim, "spec", "storageClassName");
    Optional<ObjectNode> storageClass = world.find("storageclasses.storage.k8s.io", "", className);
    if (storageClass.isEmpty()) {
      if (!className.isEmpty()) {
        String text = "storageclass.storage.k8s.io \"" + className + "\" not found";
        world.warn(claim, "ProvisioningFailed", text);
      }
      return;
    }
    boolean waits =
        Json.text(storageClass.get(), "volumeBindingMode").equals("WaitForFirstConsumer");
    if (waits && Json.text(claim, "metadata", "annotations", SELECTED_NODE).isEmpty()) {
      String text = "waiting for first consumer to be created before binding";
      world.tell(claim, "WaitForFirstConsumer", text);
    } else if (!Json.text(storageClass.get(), "provisioner")
        .equals("kubernetes.io/no-provisioner")) {
      provisioning.provision(claim, storageClass.get());
    }
  }

  /// A volume that was made for this claim, or that is free and fits.
  private Optional<ObjectNode> existing(ObjectNode claim) {
    String wanted = Json.text(claim, "spec", "volumeName");
    for (ObjectNode volume : world.list(VOLUMES)) {
      boolean named = wanted.isEmpty() || wanted.equals(Json.name(volume));
      if (named && !Json.deleting(volume) && (isFor(volume, claim) || fits(volume, claim))) {
        return Optional.of(volume);
      }
    }
    return Optional.empty();
  }

  private static boolean isFor(ObjectNode volume, ObjectNode claim) {
    JsonNode reference = Json.at(volume, "spec", "claimRef");
    String uid = Json.text(reference, "uid");
    return Json.text(reference, "name").equals(Json.name(claim))
        && Json.text(reference, "namespace").equals(Json.namespace(claim))
        && (uid.isEmpty() || uid.equals(Json.uid(claim)));
  }

  private static boolean fits(ObjectNode volume, ObjectNode claim) {
    return !Json.has(volume, "spec", "claimRef")
        && Json.text(volume, "spec", "storageClassName")
            .equals(Json.text(claim, "spec", "storageClassName"))
        && Sizes.of(volume) >= Sizes.wanted(claim)
        && !Json.has(claim, "spec", "dataSource")
        && Json.texts(Json.at(volume, "spec", "accessModes"))
            .containsAll(Json.texts(Json.at(claim, "spec", "accessModes")));
  }

  private void join(ObjectNode claim, ObjectNode volume) {
    world.edit(
        VOLUMES,
        volume,
        next -> {
          ObjectNode reference = Json.child(Json.child(next, "spec"), "claimRef");
          reference.put("kind", "PersistentVolumeClaim").put("apiVersion", "v1");
          reference.put("namespace", Json.namespace(claim)).put("name", Json.name(claim));
          reference.put("uid", Json.uid(claim));
          Json.child(next, "status").put("phase", "Bound");
        });
    world.edit(
        CLAIMS,
        claim,
        next -> {
          Json.child(next, "spec").put("volumeName", Json.name(volume));
          ObjectNode annotations = Json.child(Json.meta(next), "annotations");
          annotations.put("pv.kubernetes.io/bind-completed", "yes");
          annotations.put("pv.kubernetes.io/bound-by-controller", "yes");
          ObjectNode status = Json.child(next, "status").put("phase", "Bound");
          status.set("accessModes", Json.at(volume, "spec", "accessModes"));
          status.set("capacity", Json.at(volume, "spec", "capacity"));
        });
  }

  private void watchOver(ObjectNode claim) {
    Optional<ObjectNode> volume = world.find(VOLUMES, "", Json.text(claim, "spec", "volumeName"));
    if (volume.isEmpty()) {
      world.edit(CLAIMS, claim, next -> Json.child(next, "status").put("phase", "Lost"));
    } else if (Sizes.of(volume.get()) < Sizes.wanted(claim)) {
      String size = Json.text(claim, "spec", "resources", "requests", "storage");
      world.edit(
          VOLUMES,
          volume.get(),
          next -> Json.child(Json.child(next, "spec"), "capacity").put("storage", size));
      world.edit(
          CLAIMS,
          claim,
          next -> Json.child(Json.child(next, "status"), "capacity").put("storage", size));
    }
  }

  /// A claim stays as long as a pod uses it.
  private void release(ObjectNode claim) {
    if (!Json.hasFinalizer(claim, "kubernetes.io/pvc-protection")) {
      return;
    }
    for (ObjectNode pod : world.list("pods", Json.namespace(claim))) {
      if (PodVolumes.claims(pod).contains(Json.name(claim)) && !PodVolumes.ended(pod)) {
        return;
      }
    }
    world.edit(CLAIMS, claim, next -> Json.removeFinalizer(next, "kubernetes.io/pvc-protection"));
  }

  private void look(ObjectNode volume) {
    String phase = Json.text(volume, "status", "phase");
    boolean claimed = isClaimed(volume);
    if (Json.deleting(volume)) {
      if (!claimed) {
        provisioning.remove(volume);
      }
    } else if (phase.equals("Bound") && !claimed) {
      world.edit(VOLUMES, volume, next -> Json.child(next, "status").put("phase", "Released"));
    } else if (phase.equals("Released")
        && Json.text(volume, "spec", "persistentVolumeReclaimPolicy").equals("Delete")) {
      world.delete(VOLUMES, volume);
    } else if (!phase.equals("Available") && !Json.has(volume, "spec", "claimRef")) {
      world.edit(VOLUMES, volume, next -> Json.child(next, "status").put("phase", "Available"));
    }
  }

  private boolean isClaimed(ObjectNode volume) {
    JsonNode reference = Json.at(volume, "spec", "claimRef");
    Optional<ObjectNode> claim =
        world.find(CLAIMS, Json.text(reference, "namespace"), Json.text(reference, "name"));
    return claim.isPresent() && Json.uid(claim.get()).equals(Json.text(reference, "uid"));
  }
}
