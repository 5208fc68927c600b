package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `metadata.managedFields`: who set what. Lists are owned as a whole here.
final class Fields {

  private static final Set<String> NOT_OWNED =
      Set.of(
          "uid",
          "name",
          "namespace",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields",
          "selfLink");

  private Fields() {}

  /// The set of the fields that an object has.
  static ObjectNode of(JsonNode object) {
    ObjectNode set = Json.object();
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      String name = property.getKey();
      if (name.equals("metadata")) {
        ObjectNode meta = tree(property.getValue());
        NOT_OWNED.forEach(not -> meta.remove("f:" + not));
        if (!meta.isEmpty()) {
          set.set("f:metadata", meta);
        }
      } else if (!name.equals("apiVersion") && !name.equals("kind")) {
        set.set("f:" + name, tree(property.getValue()));
      }
    }
    return set;
  }

  /// The set of the fields whose values are new or other than before.
  static ObjectNode changed(JsonNode before, JsonNode after) {
    ObjectNode all = of(after);
    dropEqual(all, before, after);
    return all;
  }

  /// Writes down that the manager owns these fields now, and nobody else.
  static void own(ObjectNode object, ObjectNode fields, WriteOptions by, String time) {
    ArrayNode entries = Json.list(Json.meta(object), "managedFields");
    ArrayNode left = Json.array();
    ObjectNode mine = Json.object();
    for (JsonNode entry : entries) {
      boolean own =
          Json.text(entry, "manager").equals(by.manager())
              && Json.text(entry, "operation").equals(by.operation());
      ObjectNode set = entry.path("fieldsV1").deepCopy().asObject();
      if (own) {
        mine = by.operation().equals("Apply") ? Json.object() : set;
      } else if (!fields.isEmpty() && by.operation().equals("Update")) {
        subtract(set, fields);
      }
      if (!own && !set.isEmpty()) {
        left.add(((ObjectNode) entry.deepCopy()).set("fieldsV1", set));
      }
    }
    merge(mine, fields);
    if (!mine.isEmpty()) {
      ObjectNode entry = left.addObject().put("manager", by.manager());
      entry.put("operation", by.operation()).put("apiVersion", Json.text(object, "apiVersion"));
      entry.put("time", time).put("fieldsType", "FieldsV1").set("fieldsV1", mine);
    }
    Json.meta(object).set("managedFields", left);
  }

  /// The path of a field that somebody else owns and that would get another value.
  static List<String> conflicts(ObjectNode live, ObjectNode applied, String manager) {
    ObjectNode wanted = changed(live, applied);
    List<String> paths = new java.util.ArrayList<>();
    for (JsonNode entry : Json.at(live, "metadata", "managedFields")) {
      boolean own =
          Json.text(entry, "manager").equals(manager)
              && Json.text(entry, "operation").equals("Apply");
      if (!own) {
        common(wanted, entry.path("fieldsV1"), "", paths, Json.text(entry, "manager"));
      }
    }
    return paths;
  }

  private static void common(
      JsonNode a, JsonNode b, String path, List<String> paths, String manager) {
    for (Map.Entry<String, JsonNode> property : a.properties()) {
      JsonNode other = b.path(property.getKey());
      if (other.isMissingNode() || property.getKey().equals(".")) {
        continue;
      }
      String here = path + "." + property.getKey().substring(2);
      if (property.getValue().isEmpty()) {
        paths.add("conflict with \"" + manager + "\": " + here);
      } else {
        common(property.getValue(), other, here, paths, manager);
      }
    }
  }

  private static ObjectNode tree(JsonNode value) {
    ObjectNode set = Json.object();
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      set.set("f:" + property.getKey(), tree(property.getValue()));
    }
    return set;
  }

  private static boolean dropEqual(ObjectNode set, JsonNode before, JsonNode after) {
    for (String name : List.copyOf(set.propertyNames())) {
      JsonNode a = before.path(name.substring(2));
      JsonNode b = after.path(name.substring(2));
      ObjectNode below = (ObjectNode) set.path(name);
      if (a.equals(b) || (!below.isEmpty() && dropEqual(below, a, b))) {
        set.remove(name);
      }
    }
    return set.isEmpty();
  }

  private static void merge(ObjectNode into, ObjectNode from) {
    for (Map.Entry<String, JsonNode> property : from.properties()) {
      ObjectNode below = Json.child(into, property.getKey());
      merge(below, (ObjectNode) property.getValue());
    }
  }

  private static void subtract(ObjectNode from, ObjectNode what) {
    for (Map.Entry<String, JsonNode> property : what.properties()) {
      if (from.path(property.getKey()) instanceof ObjectNode below) {
        subtract(below, (ObjectNode) property.getValue());
        if (below.isEmpty()) {
          from.remove(property.getKey());
        }
      }
    }
  }
}
