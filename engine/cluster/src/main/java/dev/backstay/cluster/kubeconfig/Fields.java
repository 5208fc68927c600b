package dev.backstay.cluster.kubeconfig;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Typed access to one mapping of a kubeconfig. What has the wrong type is noted as a problem and
/// read as absent; messages name keys, never values, because values may be secrets.
final class Fields {

  private final JsonNode node;
  private final Path folder;
  private final String where;
  private final List<String> problems;

  Fields(@Nullable JsonNode node, Path folder, String where, List<String> problems) {
    this.node = node == null ? tools.jackson.databind.node.MissingNode.getInstance() : node;
    this.folder = folder;
    this.where = where;
    this.problems = problems;
    if (node != null && !node.isNull() && !node.isObject()) {
      problems.add(where + " is not a mapping");
    }
  }

  List<String> problems() {
    return problems;
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  @Nullable JsonNode raw(String key) {
    return node.hasNonNull(key) ? node.get(key) : null;
  }

  Fields object(String key) {
    return new Fields(raw(key), folder, where + "." + key, problems);
  }

  String text(String key) {
    JsonNode value = raw(key);
    if (value == null) {
      return "";
    }
    if (value.isString()) {
      return value.stringValue();
    }
    problems.add(where + "." + key + " is not a text; put it in quotes");
    return "";
  }

  boolean flag(String key) {
    JsonNode value = raw(key);
    if (value == null) {
      return false;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    problems.add(where + "." + key + " is neither true nor false");
    return false;
  }

  /// A file, relative to the kubeconfig it is named in.
  String path(String key) {
    return resolve(text(key), where + "." + key);
  }

  String resolve(String text, String what) {
    if (text.isEmpty()) {
      return "";
    }
    try {
      return folder.resolve(text).normalize().toString();
    } catch (InvalidPathException e) {
      problems.add(what + " is not a path");
      return "";
    }
  }

  List<String> texts(String key) {
    List<String> all = new ArrayList<>();
    JsonNode value = raw(key);
    if (value != null && !value.isArray()) {
      problems.add(where + "." + key + " is not a list");
    } else if (value != null) {
      value.forEach(v -> all.add(item(v, key)));
    }
    return all;
  }

  private String item(JsonNode value, String key) {
    if (!value.isString()) {
      problems.add(where + "." + key + " has an item that is not a text; put it in quotes");
      return "";
    }
    return value.stringValue();
  }

  /// A list of mappings.
  List<Fields> objects(String key) {
    List<Fields> all = new ArrayList<>();
    JsonNode value = raw(key);
    if (value != null && !value.isArray()) {
      problems.add(where + "." + key + " is not a list");
    } else if (value != null) {
      value.forEach(v -> all.add(new Fields(v, folder, where + "." + key, problems)));
    }
    return all;
  }

  Map<String, List<String>> lists(String key) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    Fields inner = object(key);
    inner.node.propertyNames().forEach(name -> all.put(name, inner.texts(name)));
    return all;
  }
}
