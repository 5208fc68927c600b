package dev.backstay.sandbox.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Reading and building the JSON of Kubernetes objects without a class for each kind.
public final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  public static JsonNode parse(byte[] text) throws Refusal {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JacksonException e) {
      throw Refusal.badRequest("the object provided is unrecognized: " + e.getOriginalMessage());
    }
  }

  public static ObjectNode parseObject(byte[] text) throws Refusal {
    if (parse(text) instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.badRequest("the object provided is unrecognized: it is no JSON object");
  }

  public static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  public static String string(JsonNode node) {
    return new String(bytes(node), StandardCharsets.UTF_8);
  }

  /// The node at the end of the path; missing (never null) if there is none.
  public static JsonNode at(JsonNode from, String... path) {
    JsonNode node = from;
    for (String step : path) {
      node = node.path(step);
    }
    return node;
  }

  /// The text at the end of the path; empty if there is none.
  public static String text(JsonNode from, String... path) {
    return at(from, path).asString("");
  }

  public static long number(JsonNode from, long otherwise, String... path) {
    return at(from, path).asLong(otherwise);
  }

  public static boolean flag(JsonNode from, String... path) {
    return at(from, path).asBoolean(false);
  }

  public static boolean has(JsonNode from, String... path) {
    JsonNode node = at(from, path);
    return !node.isMissingNode() && !node.isNull();
  }

  /// The object of that name, made if it is not there.
  public static ObjectNode child(ObjectNode parent, String name) {
    return parent.path(name) instanceof ObjectNode there ? there : parent.putObject(name);
  }

  /// The list of that name, made if it is not there.
  public static ArrayNode list(ObjectNode parent, String name) {
    return parent.path(name) instanceof ArrayNode there ? there : parent.putArray(name);
  }

  public static ObjectNode meta(ObjectNode object) {
    return child(object, "metadata");
  }

  public static String name(JsonNode object) {
    return text(object, "metadata", "name");
  }

  public static String namespace(JsonNode object) {
    return text(object, "metadata", "namespace");
  }

  public static String uid(JsonNode object) {
    return text(object, "metadata", "uid");
  }

  public static boolean deleting(JsonNode object) {
    return has(object, "metadata", "deletionTimestamp");
  }

  /// A map of texts, such as labels.
  public static Map<String, String> map(JsonNode node) {
    Map<String, String> result = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      result.put(property.getKey(), property.getValue().asString(""));
    }
    return result;
  }

  public static Map<String, String> labels(JsonNode object) {
    return map(at(object, "metadata", "labels"));
  }

  public static List<String> texts(JsonNode list) {
    List<String> result = new ArrayList<>();
    list.forEach(item -> result.add(item.asString("")));
    return result;
  }

  /// Sets a text unless something is there.
  public static void byDefault(ObjectNode parent, String name, String value) {
    if (!has(parent, name)) {
      parent.put(name, value);
    }
  }

  public static void byDefault(ObjectNode parent, String name, long value) {
    if (!has(parent, name)) {
      parent.put(name, value);
    }
  }

  public static boolean hasFinalizer(JsonNode object, String finalizer) {
    return texts(at(object, "metadata", "finalizers")).contains(finalizer);
  }

  public static void addFinalizer(ObjectNode object, String finalizer) {
    if (!hasFinalizer(object, finalizer)) {
      list(meta(object), "finalizers").add(finalizer);
    }
  }

  public static void removeFinalizer(ObjectNode object, String finalizer) {
    List<String> left = new ArrayList<>(texts(at(object, "metadata", "finalizers")));
    left.remove(finalizer);
    if (left.isEmpty()) {
      meta(object).remove("finalizers");
    } else {
      ArrayNode list = meta(object).putArray("finalizers");
      left.forEach(list::add);
    }
  }
}
