package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The four kinds of patches.
public final class Patching {

  /// What is patched.
  public record Target(Resource resource, String namespace, String name, String subresource) {}

  /// @param created whether an apply made it
  public record Patched(ObjectNode object, boolean created) {}

  private final Operations operations;

  /// What each manager applied last, by uid and manager.
  private final Map<String, ObjectNode> applied = new ConcurrentHashMap<>();

  public Patching(Operations operations) {
    this.operations = operations;
  }

  public static boolean isApply(String contentType) {
    return contentType.startsWith("application/apply-patch");
  }

  public static JsonNode yaml(byte[] text) throws Refusal {
    List<ObjectNode> all = Manifests.read(new String(text, StandardCharsets.UTF_8));
    if (all.size() != 1) {
      throw Refusal.badRequest("error decoding YAML: one object is expected");
    }
    return all.getFirst();
  }

  public Patched patch(
      Target target, String contentType, byte[] body, boolean force, WriteOptions options)
      throws Refusal {
    operations.state().lock().lock();
    try {
      return isApply(contentType)
          ? apply(target, (ObjectNode) yaml(body), force, options)
          : change(target, contentType, body, options);
    } finally {
      operations.state().lock().unlock();
    }
  }

  private Patched change(Target target, String contentType, byte[] body, WriteOptions options)
      throws Refusal {
    Resource resource = target.resource();
    ObjectNode old = operations.get(resource, target.namespace(), target.name());
    if (resource.custom() && contentType.equals("application/strategic-merge-patch+json")) {
      throw unsupported(
          "the body of the request was in an unknown format - accepted media types include:"
              + " application/json-patch+json, application/merge-patch+json,"
              + " application/apply-patch+yaml");
    }
    if (!(patched(contentType, body, old) instanceof ObjectNode next)) {
      throw Refusal.badRequest("the patched object is no object");
    }
    return new Patched(store(target, next, options), false);
  }

  private ObjectNode store(Target target, ObjectNode next, WriteOptions options) throws Refusal {
    return operations.update(
        target.resource(), target.namespace(), target.name(), target.subresource(), next, options);
  }

  /// The document after the patch.
  public JsonNode patched(String contentType, byte[] body, ObjectNode old) throws Refusal {
    JsonNode patch = Json.parse(body);
    return switch (contentType) {
      case "application/json-patch+json" -> Patches.json(old, patch);
      case "application/merge-patch+json" -> Patches.merge(old, patch);
      case "application/strategic-merge-patch+json" ->
          StrategicMerge.merge(old, Json.parseObject(body));
      default -> throw unsupported("415: Unsupported Media Type");
    };
  }

  private static Refusal unsupported(String message) {
    return Refusal.of(415, "UnsupportedMediaType", message);
  }

  private Patched apply(Target target, ObjectNode wanted, boolean force, WriteOptions options)
      throws Refusal {
    Resource resource = target.resource();
    Optional<ObjectNode> found =
        operations.state().get(resource, target.namespace(), target.name());
    if (found.isEmpty()) {
      Json.meta(wanted).put("name", target.name());
      ObjectNode created = operations.create(resource, target.namespace(), wanted, options);
      remember(created, wanted, options);
      return new Patched(created, true);
    }
    ObjectNode live = found.get();
    checkConflicts(target, live, wanted, force, options);
    ObjectNode next = live.deepCopy();
    ObjectNode before = applied.get(Json.uid(live) + options.manager());
    if (before != null) {
      StrategicMerge.dropNoLongerApplied(next, before, wanted);
    }
    next = StrategicMerge.merge(next, wanted);
    Json.meta(next).put("resourceVersion", Json.text(live, "metadata", "resourceVersion"));
    ObjectNode stored = store(target, next, options);
    remember(stored, wanted, options);
    return new Patched(stored, false);
  }

  private void remember(ObjectNode stored, ObjectNode wanted, WriteOptions options) {
    if (!options.dryRun()) {
      applied.put(Json.uid(stored) + options.manager(), wanted);
    }
  }

  private static void checkConflicts(
      Target target, ObjectNode live, ObjectNode wanted, boolean force, WriteOptions options)
      throws Refusal {
    List<String> conflicts = force ? List.of() : Fields.conflicts(live, wanted, options.manager());
    if (!conflicts.isEmpty()) {
      String count = conflicts.size() == 1 ? "1 conflict" : conflicts.size() + " conflicts";
      Refusal refusal =
          Refusal.of(
              409, "Conflict", "Apply failed with " + count + ": " + String.join("\n", conflicts));
      for (String conflict : conflicts) {
        int path = conflict.lastIndexOf(": ");
        refusal.cause(
            "FieldManagerConflict", conflict.substring(0, path), conflict.substring(path + 2));
      }
      throw refusal.about(target.resource(), "");
    }
  }
}
