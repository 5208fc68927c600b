package dev.backstay.sandbox.control;

import dev.backstay.sandbox.api.DeleteOptions;
import dev.backstay.sandbox.api.Operations;
import dev.backstay.sandbox.api.WriteOptions;
import dev.backstay.sandbox.state.Disturbance;
import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.volume.Volumes;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What controllers work on.
record World(Operations operations, Volumes volumes, Agenda agenda, Disturbance disturbance) {

  private static final WriteOptions BY = WriteOptions.by("kube-controller-manager");

  Resource resource(String storage) {
    return operations.resources().get(storage);
  }

  boolean serves(String storage) {
    return operations.resources().findStorage(storage).isPresent();
  }

  List<ObjectNode> list(String storage) {
    return operations.list(storage, "");
  }

  List<ObjectNode> list(String storage, String namespace) {
    return namespace.isEmpty() ? List.of() : operations.list(storage, namespace);
  }

  Optional<ObjectNode> find(String storage, String namespace, String name) {
    return name.isEmpty() ? Optional.empty() : operations.find(storage, namespace, name);
  }

  void edit(String storage, ObjectNode object, Operations.Edit edit) {
    operations.edit(resource(storage), object, edit);
  }

  ObjectNode create(String storage, String namespace, ObjectNode object) throws Refusal {
    return operations.create(resource(storage), namespace, object, BY);
  }

  /// Creates it; a refusal becomes an event of the owner.
  boolean tryCreate(String storage, String namespace, ObjectNode object, ObjectNode owner) {
    try {
      create(storage, namespace, object);
      return true;
    } catch (Refusal refusal) {
      if (!refusal.reason().equals("AlreadyExists")) {
        warn(owner, "FailedCreate", "Error creating: " + refusal.getMessage());
      }
      return false;
    }
  }

  void delete(String storage, ObjectNode object) {
    deleteWith(storage, object, DeleteOptions.BACKGROUND);
  }

  void deleteWith(String storage, ObjectNode object, DeleteOptions options) {
    try {
      operations.delete(resource(storage), object, options);
    } catch (Refusal refusal) {
      if (!refusal.reason().equals("NotFound")) {
        throw new IllegalStateException(refusal);
      }
    }
  }

  void warn(ObjectNode about, String reason, String message) {
    event("Warning", about, reason, message);
  }

  void tell(ObjectNode about, String reason, String message) {
    event("Normal", about, reason, message);
  }

  /// The same event again only counts up.
  private void event(String type, ObjectNode about, String reason, String message) {
    String namespace = Json.namespace(about).isEmpty() ? "default" : Json.namespace(about);
    Optional<ObjectNode> same =
        list("events", namespace).stream()
            .filter(e -> Json.text(e, "involvedObject", "uid").equals(Json.uid(about)))
            .filter(e -> Json.text(e, "reason").equals(reason))
            .filter(e -> Json.text(e, "message").equals(message))
            .findFirst();
    if (same.isPresent()) {
      return;
    }
    ObjectNode event = Json.object();
    Json.meta(event).put("name", Json.name(about) + "." + operations.randomText(16));
    ObjectNode involved = event.putObject("involvedObject");
    involved
        .put("kind", Json.text(about, "kind"))
        .put("apiVersion", Json.text(about, "apiVersion"));
    involved.put("namespace", Json.namespace(about)).put("name", Json.name(about));
    involved.put("uid", Json.uid(about));
    event.put("type", type).put("reason", reason).put("message", message).put("count", 1);
    event.put("firstTimestamp", operations.now()).put("lastTimestamp", operations.now());
    event.putObject("source").put("component", "sandbox");
    event.put("reportingComponent", "sandbox").put("reportingInstance", "");
    try {
      create("events", namespace, event);
    } catch (Refusal refusal) {
      // A namespace that is going away takes no events.
      agenda.millisToNext();
    }
  }

  /// A new object that belongs to its owner.
  static ObjectNode owned(ObjectNode owner, String name) {
    ObjectNode object = Json.object();
    ObjectNode meta = Json.meta(object).put("name", name);
    ObjectNode reference = meta.putArray("ownerReferences").addObject();
    reference.put("apiVersion", Json.text(owner, "apiVersion"));
    reference.put("kind", Json.text(owner, "kind")).put("name", Json.name(owner));
    reference.put("uid", Json.uid(owner)).put("controller", true);
    reference.put("blockOwnerDeletion", true);
    return object;
  }

  static boolean isOwnedBy(JsonNode object, JsonNode owner) {
    for (JsonNode reference : Json.at(object, "metadata", "ownerReferences")) {
      if (Json.text(reference, "uid").equals(Json.uid(owner))) {
        return true;
      }
    }
    return false;
  }
}
