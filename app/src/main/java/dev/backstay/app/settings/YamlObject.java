package dev.backstay.app.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping of the settings file that remembers which keys were asked for, so that the others can
/// be refused by name.
final class YamlObject {

  private final Path file;
  private final String path;
  private final Map<?, ?> map;
  private final Set<String> known = new HashSet<>();

  YamlObject(Path file, String path, Object value) {
    this.file = file;
    this.path = path;
    if (!(value instanceof Map<?, ?> mapping)) {
      throw SettingsFile.invalid(
          file, (path.isEmpty() ? "" : "has a '" + path + "' that ") + "is no mapping", null);
    }
    this.map = mapping;
  }

  Path file() {
    return file;
  }

  @Nullable String text(String key) {
    Object value = value(key);
    if (value instanceof Map || value instanceof List) {
      throw SettingsFile.invalid(file, "has a '" + name(key) + "' that is no text", null);
    }
    return value == null ? null : value.toString();
  }

  /// `true` or `false`; false if it is not there.
  boolean truth(String key) {
    Object value = value(key);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw SettingsFile.invalid(file, "has a '" + name(key) + "' that is not true or false", null);
  }

  @Nullable YamlObject object(String key) {
    Object value = value(key);
    return value == null ? null : new YamlObject(file, name(key), value);
  }

  List<YamlObject> objects(String key) {
    List<YamlObject> objects = new ArrayList<>();
    for (Object item : list(key)) {
      objects.add(new YamlObject(file, name(key) + "[" + objects.size() + "]", item));
    }
    return objects;
  }

  List<String> texts(String key) {
    return list(key).stream().map(String::valueOf).toList();
  }

  Map<String, String> textMap(String key) {
    YamlObject object = object(key);
    return object == null ? Map.of() : object.allTexts();
  }

  /// All of it, keys in their order.
  Map<String, String> allTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Object key : map.keySet()) {
      String text = text(String.valueOf(key));
      texts.put(String.valueOf(key), text == null ? "" : text);
    }
    return texts;
  }

  /// @throws dev.backstay.model.InvalidInputException naming the first key nobody asked for
  void refuseOthers() {
    for (Object key : map.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        throw SettingsFile.invalid(
            file, "has the unknown key '" + name(String.valueOf(key)) + "'", null);
      }
    }
  }

  private List<?> list(String key) {
    Object value = value(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw SettingsFile.invalid(file, "has a '" + name(key) + "' that is no list", null);
  }

  private @Nullable Object value(String key) {
    known.add(key);
    return map.get(key);
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
