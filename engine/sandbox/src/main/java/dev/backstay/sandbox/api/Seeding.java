package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Puts objects into the cluster from inside.
public final class Seeding {

  private static final WriteOptions SEED = WriteOptions.by("sandbox");

  private Seeding() {}

  public static void apply(Operations operations, String namespace, ObjectNode object)
      throws Refusal {
    Resource resource =
        operations
            .resources()
            .findKind(Json.text(object, "apiVersion"), Json.text(object, "kind"))
            .orElseThrow(() ->
                Refusal.badRequest("no kind \"" + Json.text(object, "kind") + "\" is served"));
    String own = Json.namespace(object);
    String where = resource.namespaced() ? (own.isEmpty() ? namespace : own) : "";
    Optional<ObjectNode> old = operations.state().get(resource, where, Json.name(object));
    if (old.isPresent()) {
      ObjectNode merged = StrategicMerge.merge(old.get(), object);
      operations.update(resource, where, Json.name(object), "", merged, SEED);
      return;
    }
    ObjectNode created = operations.create(resource, where, object, SEED);
    if (object.has("status") && resource.hasStatus()) {
      created = created.deepCopy();
      created.set("status", object.path("status"));
      operations.update(resource, where, Json.name(created), "status", created, SEED);
    }
  }
}
