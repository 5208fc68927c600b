package dev.backstay.app.output;

import dev.backstay.model.ItemFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object of JSON or YAML in the making: fields in the order they are put. Times become RFC 3339
/// in UTC, amounts stay integers, what is null stays `null`.
public final class Fields {

  /// Of everything that is printed. Changes only when a reader would misunderstand.
  public static final String API_VERSION = "backstay.dev/v1";

  private final Map<String, @Nullable Object> map = new LinkedHashMap<>();

  /// The head of a document.
  public static Fields ofKind(String kind) {
    return new Fields().put("apiVersion", API_VERSION).put("kind", kind);
  }

  public Fields put(String name, @Nullable Object value) {
    map.put(name, plain(value));
    return this;
  }

  /// Puts everything of the other one.
  public Fields putAll(Fields other) {
    map.putAll(other.map);
    return this;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Fields fields -> fields.map;
      case Instant time -> time.toString();
      case ItemFailure failure -> of(failure).map;
      case Collection<?> items -> list(items);
      case Map<?, ?> entries -> object(entries);
      case Number number -> number;
      case Boolean truth -> truth;
      default -> value.toString();
    };
  }

  private static List<@Nullable Object> list(Collection<?> items) {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object item : items) {
      list.add(plain(item));
    }
    return list;
  }

  private static Map<String, @Nullable Object> object(Map<?, ?> entries) {
    Fields fields = new Fields();
    entries.forEach((key, value) -> fields.put(String.valueOf(key), value));
    return fields.map;
  }

  private static Fields of(ItemFailure failure) {
    return new Fields()
        .put("item", failure.item())
        .put("code", failure.code())
        .put("message", failure.message())
        .put("remedy", failure.remedy());
  }

  /// The maps, lists, strings, numbers and booleans it consists of.
  Map<String, @Nullable Object> toMap() {
    return map;
  }
}
