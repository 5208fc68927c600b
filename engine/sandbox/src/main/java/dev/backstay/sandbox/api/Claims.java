package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Resources;
import dev.backstay.sandbox.state.State;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What may change of a PersistentVolumeClaim.
final class Claims {

  private Claims() {}

  static void checkImmutable(Resource resource, ObjectNode old, ObjectNode next) throws Refusal {
    ObjectNode before = Json.child(old.deepCopy(), "spec");
    ObjectNode after = Json.child(next.deepCopy(), "spec");
    before.remove("resources");
    after.remove("resources");
    if (!Json.has(before, "volumeName")) {
      after.remove("volumeName");
    }
    if (!before.equals(after)) {
      throw Refusal.invalid(
          resource,
          Json.name(old),
          List.of(
              new Refusal.Cause(
                  "FieldValueForbidden",
                  "Forbidden: spec is immutable after creation except resources.requests and"
                      + " volumeAttributesClassName for bound claims",
                  "spec")));
    }
    if (size(next) < size(old)) {
      throw Refusal.invalid(
          resource,
          Json.name(old),
          List.of(
              new Refusal.Cause(
                  "FieldValueForbidden",
                  "Forbidden: field can not be less than status.capacity",
                  "spec.resources.requests.storage")));
    }
  }

  static void checkExpansion(State state, Resources resources, ObjectNode old, ObjectNode next)
      throws Refusal {
    if (size(next) <= size(old)) {
      return;
    }
    Optional<ObjectNode> storageClass =
        state.get(
            resources.get("storageclasses.storage.k8s.io"),
            "",
            Json.text(old, "spec", "storageClassName"));
    if (storageClass.isEmpty() || !Json.flag(storageClass.get(), "allowVolumeExpansion")) {
      throw Refusal.forbidden(
          resources.get("persistentvolumeclaims"),
          Json.name(old),
          "only dynamically provisioned pvc can be resized and the storageclass that provisions"
              + " the pvc must support resize");
    }
  }

  static long size(ObjectNode claim) {
    return Quantity.bytes(Json.text(claim, "spec", "resources", "requests", "storage"));
  }
}
