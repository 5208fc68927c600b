package dev.backstay.cluster.apply.plan;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.connection.Json;
import dev.backstay.cluster.temporary.Annotations;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Compares what is wanted with what is live.
public final class LiveContent {

  private static final int MOST_CHANGES = 50;
  private static final int LONGEST_VALUE = 120;

  private LiveContent() {}

  /// Where the live object differs from the wanted one: only fields that are wanted count, since
  /// servers fill in many others.
  public static List<FieldChange> changes(JsonNode live, JsonNode wanted) {
    List<FieldChange> changes = new ArrayList<>();
    for (var field : wanted.properties()) {
      switch (field.getKey()) {
        case "apiVersion", "kind", "status" -> {}
        case "metadata" -> metadata(live.path("metadata"), field.getValue(), changes);
        case "data", "binaryData" -> whole(field.getKey(), live, field.getValue(), changes);
        default -> compare(field.getKey(), live.path(field.getKey()), field.getValue(), changes);
      }
    }
    return changes;
  }

  /// The content of ConfigMaps and Secrets: no server adds to it, so what is there beyond what is
  /// wanted is a difference.
  private static void whole(
      String path, JsonNode live, JsonNode wanted, List<FieldChange> changes) {
    JsonNode there = live.path(path);
    compare(path, there, wanted, changes);
    there.properties().stream()
        .filter(extra -> !wanted.has(extra.getKey()))
        .forEach(extra ->
            changes.add(new FieldChange(path + "." + extra.getKey(), shown(extra.getValue()), "")));
  }

  private static void metadata(JsonNode live, JsonNode wanted, List<FieldChange> changes) {
    for (String map : List.of("labels", "annotations")) {
      compare("metadata." + map, live.path(map), wanted.path(map), changes);
    }
  }

  private static void compare(
      String path, JsonNode live, JsonNode wanted, List<FieldChange> changes) {
    if (changes.size() >= MOST_CHANGES || wanted.isMissingNode() || wanted.equals(live)) {
      return;
    }
    if (empty(wanted) && empty(live)) {
      return;
    }
    if (wanted instanceof ObjectNode object && (live.isObject() || live.isMissingNode())) {
      object
          .properties()
          .forEach(
              f -> compare(path + "." + f.getKey(), live.path(f.getKey()), f.getValue(), changes));
    } else if (wanted instanceof ArrayNode array && live.size() == array.size() && live.isArray()) {
      for (int i = 0; i < array.size(); i++) {
        compare(path + "[" + i + "]", live.get(i), array.get(i), changes);
      }
    } else {
      changes.add(new FieldChange(path, shown(live), shown(wanted)));
    }
  }

  private static boolean empty(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isContainer() && node.isEmpty());
  }

  private static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "" : node.toString();
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }

  /// What identifies an object at the moment of planning.
  public static PlannedManifest.Live live(ObjectNode object) {
    return new PlannedManifest.Live(
        ObjectFields.uid(object),
        ObjectFields.text(object, "metadata", "resourceVersion"),
        hash(object));
  }

  /// A hash of what users write: neither status nor bookkeeping, nor what a restore changes when it
  /// stops a workload.
  public static String hash(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.remove("status");
    Optional<ObjectNode> metadata = ObjectFields.object(copy, "metadata");
    metadata.ifPresent(
        m -> m.remove(List.of("managedFields", "resourceVersion", "generation", "finalizers")));
    ObjectFields.object(copy, "metadata", "annotations")
        .ifPresent(
            a -> a.remove(List.of(Annotations.REPLICAS, "deployment.kubernetes.io/revision")));
    metadata.filter(m -> m.path("annotations").isEmpty()).ifPresent(m -> m.remove("annotations"));
    ObjectFields.object(copy, "spec").ifPresent(s -> s.remove(List.of("replicas", "suspend")));
    try {
      byte[] sha = MessageDigest.getInstance("SHA-256").digest(Json.MAPPER.writeValueAsBytes(copy));
      return HexFormat.of().formatHex(sha, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whether we made or last wrote an object.
  public static boolean ours(ObjectNode object, String fieldManager) {
    return ObjectFields.objects(object, "metadata", "managedFields").stream()
        .anyMatch(m -> ObjectFields.text(m, "manager").equals(fieldManager));
  }
}
