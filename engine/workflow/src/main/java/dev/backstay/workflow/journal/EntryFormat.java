package dev.backstay.workflow.journal;

import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Entries as lines of JSON. Keys are never renamed: a newer program reads what an older one left.
final class EntryFormat {

  private static final JsonMapper JSON = new JsonMapper();

  private EntryFormat() {}

  static String write(Entry entry) {
    ObjectNode line = JSON.createObjectNode();
    line.put("at", entry.at().toString());
    switch (entry) {
      case Entry.Begun e -> {
        line.put("entry", "begun").put("job", e.job().text());
        writeSpec(line.putObject("spec"), e.spec());
        writeOwner(line.putObject("owner"), e.owner());
      }
      case Entry.TakenUp e -> {
        line.put("entry", "taken-up");
        writeOwner(line.putObject("owner"), e.owner());
      }
      case Entry.Step e -> line.put("entry", "step").put("name", e.name());
      case Entry.Creating e -> line.put("entry", "creating").put("path", e.path());
      case Entry.Removed e -> line.put("entry", "removed").put("path", e.path());
      case Entry.Note e -> line.put("entry", "note").put("key", e.key()).put("value", e.value());
      case Entry.Ended e -> {
        line.put("entry", "ended");
        writeEnd(line.putObject("end"), e.end());
      }
    }
    return JSON.writeValueAsString(line);
  }

  /// Empty for a line that is torn, damaged or of a kind this program does not know.
  static Optional<Entry> read(String line) {
    try {
      return Optional.ofNullable(entry(JSON.readTree(line)));
    } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Entry entry(JsonNode line) {
    Instant at = Instant.parse(text(line, "at"));
    return switch (text(line, "entry")) {
      case "begun" ->
          new Entry.Begun(
              at, new JobId(text(line, "job")), spec(line.path("spec")), owner(line.path("owner")));
      case "taken-up" -> new Entry.TakenUp(at, owner(line.path("owner")));
      case "step" -> new Entry.Step(at, text(line, "name"));
      case "creating" -> new Entry.Creating(at, text(line, "path"));
      case "removed" -> new Entry.Removed(at, text(line, "path"));
      case "note" -> new Entry.Note(at, text(line, "key"), text(line, "value"));
      case "ended" -> new Entry.Ended(at, end(line.path("end")));
      default -> null;
    };
  }

  private static void writeSpec(ObjectNode node, JobSpec spec) {
    node.put("kind", spec.kind().name());
    putIfPresent(node, "context", spec.context());
    putIfPresent(node, "clusterId", spec.clusterId());
    putIfPresent(node, "namespace", spec.namespace());
    putIfPresent(node, "repository", spec.repository());
    ObjectNode details = node.putObject("details");
    spec.details().forEach(details::put);
  }

  private static JobSpec spec(JsonNode node) {
    Map<String, String> details = new TreeMap<>();
    node.path("details").properties().forEach(e -> details.put(e.getKey(), string(e.getValue())));
    return new JobSpec(
        JobKind.valueOf(text(node, "kind")),
        textOrNull(node, "context"),
        textOrNull(node, "clusterId"),
        textOrNull(node, "namespace"),
        textOrNull(node, "repository"),
        Map.copyOf(details));
  }

  private static void writeOwner(ObjectNode node, JournalOwner owner) {
    node.put("pid", owner.pid()).put("started", owner.started());
    node.put("host", owner.host()).put("installation", owner.installation());
  }

  private static JournalOwner owner(JsonNode node) {
    return new JournalOwner(
        number(node, "pid"),
        number(node, "started"),
        text(node, "host"),
        text(node, "installation"));
  }

  private static void writeEnd(ObjectNode node, JournalEnd end) {
    node.put("outcome", end.outcome());
    putIfPresent(node, "restorePoint", end.restorePoint());
    if (end.error() != null) {
      writeItem(node.putObject("error"), end.error());
    }
    writeItems(node.putArray("failures"), end.failures());
    writeItems(node.putArray("warnings"), end.warnings());
  }

  private static JournalEnd end(JsonNode node) {
    return new JournalEnd(
        text(node, "outcome"),
        textOrNull(node, "restorePoint"),
        node.has("error") ? item(node.path("error")) : null,
        items(node.path("failures")),
        items(node.path("warnings")));
  }

  private static void writeItems(ArrayNode array, List<ItemFailure> items) {
    items.forEach(item -> writeItem(array.addObject(), item));
  }

  private static void writeItem(ObjectNode node, ItemFailure item) {
    node.put("item", item.item()).put("code", item.code());
    node.put("message", item.message()).put("remedy", item.remedy());
  }

  private static List<ItemFailure> items(JsonNode array) {
    List<ItemFailure> items = new ArrayList<>();
    array.forEach(node -> items.add(item(node)));
    return List.copyOf(items);
  }

  private static ItemFailure item(JsonNode node) {
    return new ItemFailure(
        text(node, "item"), text(node, "code"), text(node, "message"), text(node, "remedy"));
  }

  private static void putIfPresent(ObjectNode node, String key, @Nullable String value) {
    if (value != null) {
      node.put(key, value);
    }
  }

  private static String text(JsonNode node, String key) {
    return string(node.path(key));
  }

  private static @Nullable String textOrNull(JsonNode node, String key) {
    return node.has(key) ? text(node, key) : null;
  }

  private static String string(JsonNode value) {
    if (!value.isString()) {
      throw new IllegalArgumentException("not a string");
    }
    return value.stringValue();
  }

  private static long number(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber()) {
      throw new IllegalArgumentException("not a number: " + key);
    }
    return value.longValue();
  }
}
