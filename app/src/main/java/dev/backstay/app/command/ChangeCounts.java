package dev.backstay.app.command;

import dev.backstay.app.output.Fields;
import dev.backstay.model.Units;
import dev.backstay.workflow.browse.Difference.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How many changes of each kind there are, and the bytes of their files.
final class ChangeCounts {

  private record Count(long number, long before, long after) {

    static final Count NONE = new Count(0, 0, 0);

    Count plus(Change change) {
      return new Count(
          number + 1,
          before + Math.max(0, change.bytesBefore()),
          after + Math.max(0, change.bytesAfter()));
    }
  }

  private final Map<Kind, Count> counts = new EnumMap<>(Kind.class);

  void add(Change change) {
    counts.put(change.kind(), of(change.kind()).plus(change));
  }

  boolean none() {
    return counts.isEmpty();
  }

  private Count of(Kind kind) {
    return Objects.requireNonNullElse(counts.get(kind), Count.NONE);
  }

  /// `2 added (1.2 KiB), 1 changed (3 B → 5 B)`.
  String sentence() {
    List<String> parts = new ArrayList<>();
    counts.forEach((kind, count) -> parts.add(part(kind, count)));
    return String.join(", ", parts);
  }

  private static String part(Kind kind, Count count) {
    String bytes =
        switch (kind) {
          case ADDED -> " (" + Units.bytes(count.after()) + ")";
          case REMOVED -> " (" + Units.bytes(count.before()) + ")";
          case CHANGED ->
              " (" + Units.bytes(count.before()) + " → " + Units.bytes(count.after()) + ")";
          case METADATA_ONLY -> "";
        };
    return Units.count(count.number()) + " " + Change.word(kind) + bytes;
  }

  Fields fields() {
    Fields fields = new Fields();
    for (Kind kind : Kind.values()) {
      Count count = of(kind);
      fields.put(
          kind == Kind.METADATA_ONLY ? "metadataOnly" : Change.word(kind),
          new Fields()
              .put("count", count.number())
              .put("bytesBefore", count.before())
              .put("bytesAfter", count.after()));
    }
    return fields;
  }
}
