package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Kubernetes' strategic merge patch, and the merge of server-side apply: lists whose elements have
/// a key are merged by it, all others are replaced.
final class StrategicMerge {

  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          Map.entry("containers", List.of("name")),
          Map.entry("initContainers", List.of("name")),
          Map.entry("ephemeralContainers", List.of("name")),
          Map.entry("volumes", List.of("name")),
          Map.entry("env", List.of("name")),
          Map.entry("imagePullSecrets", List.of("name")),
          Map.entry("secrets", List.of("name")),
          Map.entry("volumeMounts", List.of("mountPath")),
          Map.entry("volumeDevices", List.of("devicePath")),
          Map.entry("ports", List.of("containerPort", "port")),
          Map.entry("conditions", List.of("type")),
          Map.entry("ownerReferences", List.of("uid")),
          Map.entry("hostAliases", List.of("ip")));
  private static final Set<String> SETS = Set.of("finalizers");

  private StrategicMerge() {}

  static ObjectNode merge(ObjectNode target, ObjectNode patch) {
    ObjectNode result = target.deepCopy();
    if (Json.text(patch, "$patch").equals("replace")) {
      ObjectNode replacement = patch.deepCopy();
      replacement.remove("$patch");
      return replacement;
    }
    for (Map.Entry<String, JsonNode> change : patch.properties()) {
      String name = change.getKey();
      if (name.startsWith("$deleteFromPrimitiveList/")) {
        removeAll(result, name.substring(name.indexOf('/') + 1), Json.texts(change.getValue()));
      } else if (name.equals("$retainKeys")) {
        result.retain(Json.texts(change.getValue()));
      } else if (!name.startsWith("$")) {
        apply(result, name, change.getValue());
      }
    }
    return result;
  }

  private static void apply(ObjectNode result, String name, JsonNode value) {
    JsonNode old = result.path(name);
    if (value.isNull()) {
      result.remove(name);
    } else if (value instanceof ObjectNode object) {
      result.set(name, merge(old instanceof ObjectNode o ? o : Json.object(), object));
    } else if (value instanceof ArrayNode list && mergeable(name, list)) {
      result.set(name, mergeList(name, old, list));
    } else if (value instanceof ArrayNode list && SETS.contains(name)) {
      result.set(name, union(old, list));
    } else {
      result.set(name, value.deepCopy());
    }
  }

  private static boolean mergeable(String name, ArrayNode list) {
    return KEYS.containsKey(name) && (list.isEmpty() || list.get(0).isObject());
  }

  private static ArrayNode union(JsonNode old, ArrayNode added) {
    ArrayNode result = old instanceof ArrayNode list ? list.deepCopy() : Json.array();
    List<String> there = Json.texts(result);
    Json.texts(added).stream().filter(text -> !there.contains(text)).forEach(result::add);
    return result;
  }

  private static ArrayNode mergeList(String name, JsonNode old, ArrayNode patch) {
    ArrayNode result = old instanceof ArrayNode list ? list.deepCopy() : Json.array();
    for (JsonNode element : patch) {
      if (!(element instanceof ObjectNode change)) {
        continue;
      }
      int at = indexOf(result, name, change);
      String directive = Json.text(change, "$patch");
      if (directive.equals("delete")) {
        if (at >= 0) {
          result.remove(at);
        }
      } else if (directive.equals("replace") && at < 0) {
        result.removeAll();
      } else if (at >= 0) {
        result.set(at, merge((ObjectNode) result.get(at), change));
      } else {
        result.add(merge(Json.object(), change));
      }
    }
    return result;
  }

  static int indexOf(ArrayNode list, String name, JsonNode element) {
    for (String key : KEYS.getOrDefault(name, List.of())) {
      for (int i = 0; element.has(key) && i < list.size(); i++) {
        if (list.get(i).path(key).equals(element.path(key))) {
          return i;
        }
      }
    }
    return -1;
  }

  private static void removeAll(ObjectNode result, String name, List<String> values) {
    if (result.path(name) instanceof ArrayNode list) {
      ArrayNode left = Json.array();
      list.forEach(item -> addUnless(left, item, values));
      result.set(name, left);
    }
  }

  private static void addUnless(ArrayNode left, JsonNode item, List<String> values) {
    if (!values.contains(item.asString(""))) {
      left.add(item);
    }
  }

  /// Takes out of the live object what was applied before and is not any more.
  static void dropNoLongerApplied(ObjectNode live, JsonNode before, JsonNode now) {
    for (Map.Entry<String, JsonNode> property : before.properties()) {
      String name = property.getKey();
      if (name.equals("metadata") || now.has(name)) {
        if (live.path(name) instanceof ObjectNode below) {
          dropNoLongerApplied(below, property.getValue(), now.path(name));
        } else if (live.path(name) instanceof ArrayNode list && KEYS.containsKey(name)) {
          dropElements(list, name, property.getValue(), now.path(name));
        }
      } else {
        live.remove(name);
      }
    }
  }

  private static void dropElements(ArrayNode live, String name, JsonNode before, JsonNode now) {
    for (JsonNode element : before) {
      boolean still = now instanceof ArrayNode list && indexOf(list, name, element) >= 0;
      int at = still ? -1 : indexOf(live, name, element);
      if (at >= 0) {
        live.remove(at);
      }
    }
  }
}
