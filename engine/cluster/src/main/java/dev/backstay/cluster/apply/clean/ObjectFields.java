package dev.backstay.cluster.apply.clean;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reading and editing the JSON of an object. Whatever has another shape than expected counts as
/// absent: objects of a restore point may hold anything.
public final class ObjectFields {

  private ObjectFields() {}

  /// The object at a path of field names.
  public static Optional<ObjectNode> object(JsonNode from, String... path) {
    return node(from, path) instanceof ObjectNode found ? Optional.of(found) : Optional.empty();
  }

  /// The objects in the array at a path; none if there is no array.
  public static List<ObjectNode> objects(JsonNode from, String... path) {
    return elements(from, path)
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .toList();
  }

  /// The text at a path, or empty.
  public static String text(JsonNode from, String... path) {
    JsonNode found = node(from, path);
    return found.isString() ? found.stringValue() : "";
  }

  /// Whether there is `true` at a path.
  public static boolean isTrue(JsonNode from, String... path) {
    return node(from, path).booleanValue(false);
  }

  /// The number at a path, or the given one.
  public static long number(JsonNode from, long otherwise, String... path) {
    JsonNode found = node(from, path);
    return found.isIntegralNumber() ? found.longValue() : otherwise;
  }

  public static String label(JsonNode object, String name) {
    return text(object, "metadata", "labels", name);
  }

  public static String annotation(JsonNode object, String name) {
    return text(object, "metadata", "annotations", name);
  }

  public static boolean hasAnnotation(JsonNode object, String name) {
    return object.path("metadata").path("annotations").has(name);
  }

  public static String name(JsonNode object) {
    return text(object, "metadata", "name");
  }

  public static String uid(JsonNode object) {
    return text(object, "metadata", "uid");
  }

  /// Removes names from the map at a path, and the map itself once it is empty.
  static void removeFrom(ObjectNode from, List<String> names, String... path) {
    removeFrom(from, names::contains, path);
  }

  static void removeFrom(ObjectNode from, Predicate<String> names, String... path) {
    String[] parent = java.util.Arrays.copyOf(path, path.length - 1);
    Optional<ObjectNode> map = object(from, path);
    if (map.isPresent()) {
      List<String> gone = new ArrayList<>(map.get().propertyNames());
      gone.removeIf(names.negate());
      map.get().remove(gone);
      if (map.get().isEmpty()) {
        object(from, parent).ifPresent(p -> p.remove(path[path.length - 1]));
      }
    }
  }

  /// Removes elements from the array at a path, and the array itself once it is empty.
  ///
  /// @return whether any was removed
  static boolean removeElements(ObjectNode from, Predicate<JsonNode> which, String... path) {
    if (!(node(from, path) instanceof ArrayNode array)) {
      return false;
    }
    boolean removed = false;
    for (int i = array.size() - 1; i >= 0; i--) {
      if (which.test(array.get(i))) {
        array.remove(i);
        removed = true;
      }
    }
    if (array.isEmpty() && removed) {
      String[] parent = java.util.Arrays.copyOf(path, path.length - 1);
      object(from, parent).ifPresent(p -> p.remove(path[path.length - 1]));
    }
    return removed;
  }

  private static Stream<JsonNode> elements(JsonNode from, String... path) {
    return node(from, path) instanceof ArrayNode array ? array.values().stream() : Stream.empty();
  }

  private static JsonNode node(JsonNode from, String... path) {
    JsonNode at = from;
    for (String name : path) {
      at = at.path(name);
    }
    return at;
  }
}
