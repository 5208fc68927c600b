package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// YAML streams of Kubernetes objects.
public final class Manifests {

  private Manifests() {}

  /// Every object, those in a `List` one by one.
  public static List<ObjectNode> read(String yaml) throws Refusal {
    try {
      List<ObjectNode> all = new ArrayList<>();
      for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
        if (node(document) instanceof ObjectNode object) {
          add(all, object);
        }
      }
      return all;
    } catch (YamlEngineException e) {
      throw Refusal.badRequest("error converting YAML to JSON: " + e.getMessage());
    }
  }

  private static void add(List<ObjectNode> all, ObjectNode object) {
    if (Json.text(object, "kind").equals("List")) {
      object.path("items").forEach(item -> all.add((ObjectNode) item));
    } else {
      all.add(object);
    }
  }

  private static JsonNode node(@org.jspecify.annotations.Nullable Object value) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return switch (value) {
      case null -> make.nullNode();
      case Map<?, ?> map -> {
        ObjectNode object = Json.object();
        map.forEach((key, item) -> object.set(String.valueOf(key), node(item)));
        yield object;
      }
      case List<?> list -> {
        ArrayNode array = Json.array();
        list.forEach(item -> array.add(node(item)));
        yield array;
      }
      case Boolean flag -> make.booleanNode(flag);
      case Integer number -> make.numberNode(number.intValue());
      case Long number -> make.numberNode(number.longValue());
      case BigInteger number -> make.numberNode(number);
      case Double number -> make.numberNode(number.doubleValue());
      default -> make.stringNode(value.toString());
    };
  }
}
