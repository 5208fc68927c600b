package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON patch (RFC 6902) and JSON merge patch (RFC 7386).
final class Patches {

  private Patches() {}

  static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : Json.object();
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      if (change.getValue().isNull()) {
        result.remove(change.getKey());
      } else {
        result.set(change.getKey(), merge(result.path(change.getKey()), change.getValue()));
      }
    }
    return result;
  }

  static JsonNode json(JsonNode target, JsonNode operations) throws Refusal {
    JsonNode result = target.deepCopy();
    for (JsonNode operation : operations) {
      result = step(result, operation);
    }
    return result;
  }

  private static JsonNode step(JsonNode root, JsonNode operation) throws Refusal {
    String path = Json.text(operation, "path");
    JsonNode value = operation.path("value");
    switch (Json.text(operation, "op")) {
      case "add" -> put(root, path, value.deepCopy(), true);
      case "replace" -> {
        need(root, path);
        put(root, path, value.deepCopy(), false);
      }
      case "remove" -> remove(root, path);
      case "test" -> {
        if (!root.at(path).equals(value)) {
          throw invalid("testing value " + path + " failed: test failed");
        }
      }
      case "copy" -> put(root, path, need(root, Json.text(operation, "from")).deepCopy(), true);
      case "move" -> {
        JsonNode moved = need(root, Json.text(operation, "from")).deepCopy();
        remove(root, Json.text(operation, "from"));
        put(root, path, moved, true);
      }
      default -> throw Refusal.badRequest("Unexpected kind: " + Json.text(operation, "op"));
    }
    return root;
  }

  private static JsonNode need(JsonNode root, String path) throws Refusal {
    JsonNode node = root.at(path);
    if (node.isMissingNode()) {
      throw invalid("replace operation does not apply: doc is missing path: " + path);
    }
    return node;
  }

  private static void put(JsonNode root, String path, JsonNode value, boolean insert)
      throws Refusal {
    JsonPointer pointer = JsonPointer.compile(path);
    JsonNode parent = root.at(pointer.head());
    String last = pointer.last().getMatchingProperty();
    switch (parent) {
      case ObjectNode object -> object.set(last, value);
      case ArrayNode list when last.equals("-") -> list.add(value);
      case ArrayNode list when insert -> list.insert(pointer.last().getMatchingIndex(), value);
      case ArrayNode list -> list.set(pointer.last().getMatchingIndex(), value);
      default ->
          throw invalid("add operation does not apply: doc is missing path: \"" + path + "\"");
    }
  }

  private static void remove(JsonNode root, String path) throws Refusal {
    need(root, path);
    JsonPointer pointer = JsonPointer.compile(path);
    JsonNode parent = root.at(pointer.head());
    if (parent instanceof ObjectNode object) {
      object.remove(pointer.last().getMatchingProperty());
    } else if (parent instanceof ArrayNode list) {
      list.remove(pointer.last().getMatchingIndex());
    }
  }

  private static Refusal invalid(String why) {
    return Refusal.of(
        422, "Invalid", "the server rejected our request due to an error in our request: " + why);
  }
}
