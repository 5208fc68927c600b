package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Resources;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// CustomResourceDefinitions: established as soon as they are stored.
final class Definitions {

  private Definitions() {}

  static void accept(ObjectNode definition, String now) {
    ObjectNode names = Json.child(Json.child(definition, "spec"), "names");
    String kind = Json.text(names, "kind");
    Json.byDefault(names, "listKind", kind + "List");
    Json.byDefault(names, "singular", kind.toLowerCase(java.util.Locale.ROOT));
    ObjectNode status = Json.child(definition, "status");
    if (!status.has("conditions")) {
      ArrayNode conditions = status.putArray("conditions");
      condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found", now);
      condition(
          conditions,
          "Established",
          "InitialNamesAccepted",
          "the initial names have been accepted",
          now);
    }
    status.set("acceptedNames", names.deepCopy());
    if (!status.has("storedVersions")) {
      ArrayNode stored = status.putArray("storedVersions");
      for (JsonNode version : Json.at(definition, "spec", "versions")) {
        if (Json.flag(version, "storage")) {
          stored.add(Json.text(version, "name"));
        }
      }
    }
  }

  static Optional<Resource> instances(Resources resources, JsonNode definition) {
    return resources.findStorage(
        Json.text(definition, "spec", "names", "plural")
            + "."
            + Json.text(definition, "spec", "group"));
  }

  static List<String> storedVersions(JsonNode definition) {
    return Json.texts(Json.at(definition, "status", "storedVersions"));
  }

  private static void condition(
      ArrayNode conditions, String type, String reason, String message, String now) {
    ObjectNode condition = conditions.addObject().put("type", type).put("status", "True");
    condition.put("lastTransitionTime", now).put("reason", reason).put("message", message);
  }
}
