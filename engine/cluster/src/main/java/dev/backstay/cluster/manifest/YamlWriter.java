package dev.backstay.cluster.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes one JSON tree as block-style YAML, as `kubectl get -o yaml` lays it out.
final class YamlWriter {

  private static final List<String> FIRST = List.of("apiVersion", "kind", "metadata");
  private static final int LONGEST_SIMPLE_KEY = 1000;

  private final StringBuilder out = new StringBuilder(1024);

  String document(JsonNode node) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      for (String key : FIRST) {
        if (object.has(key)) {
          pair(key, object.get(key), 0);
        }
      }
      sorted(object).stream()
          .filter(e -> !FIRST.contains(e.getKey()))
          .forEach(e -> pair(e.getKey(), e.getValue(), 0));
    } else {
      value(node, 0);
      out.append('\n');
    }
    return out.toString();
  }

  private static List<Map.Entry<String, JsonNode>> sorted(ObjectNode object) {
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(object.properties());
    entries.sort(Map.Entry.comparingByKey());
    return entries;
  }

  private void pair(String key, JsonNode value, int indent) {
    indent(indent);
    keyed(key, value, indent);
  }

  private void keyed(String key, JsonNode value, int indent) {
    int start = out.length();
    YamlText.inline(key, out);
    if (out.length() - start > LONGEST_SIMPLE_KEY) {
      out.insert(start, "? ");
      out.append('\n');
      indent(indent);
    }
    out.append(':');
    switch (value) {
      case ObjectNode object when !object.isEmpty() -> {
        out.append('\n');
        object(object, indent + 2);
      }
      case ArrayNode array when !array.isEmpty() -> {
        out.append('\n');
        array(array, indent);
      }
      default -> {
        out.append(' ');
        value(value, indent);
        out.append('\n');
      }
    }
  }

  private void object(ObjectNode object, int indent) {
    sorted(object).forEach(e -> pair(e.getKey(), e.getValue(), indent));
  }

  private void array(ArrayNode array, int indent) {
    for (JsonNode item : array) {
      indent(indent);
      out.append("- ");
      item(item, indent + 2);
    }
  }

  /// After `- `: the first line is begun already.
  private void item(JsonNode item, int indent) {
    switch (item) {
      case ObjectNode object when !object.isEmpty() -> {
        boolean first = true;
        for (Map.Entry<String, JsonNode> e : sorted(object)) {
          if (!first) {
            indent(indent);
          }
          keyed(e.getKey(), e.getValue(), indent);
          first = false;
        }
      }
      case ArrayNode array when !array.isEmpty() -> {
        boolean first = true;
        for (JsonNode inner : array) {
          if (!first) {
            indent(indent);
          }
          out.append("- ");
          item(inner, indent + 2);
          first = false;
        }
      }
      default -> {
        value(item, indent - 2);
        out.append('\n');
      }
    }
  }

  /// A scalar or an empty collection; leaves the last line open.
  ///
  /// @param indent of the parent; a block of text is two deeper
  private void value(JsonNode node, int indent) {
    switch (node) {
      case ObjectNode ignored -> out.append("{}");
      case ArrayNode ignored -> out.append("[]");
      default -> {
        if (node.isString()) {
          YamlText.scalar(node.stringValue(), indent + 2, out);
        } else if (node.isNull() || node.isMissingNode()) {
          out.append("null");
        } else {
          out.append(node.asString());
        }
      }
    }
  }

  private void indent(int spaces) {
    out.repeat(' ', spaces);
  }
}
