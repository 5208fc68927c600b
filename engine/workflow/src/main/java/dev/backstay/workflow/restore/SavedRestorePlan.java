package dev.backstay.workflow.restore;

import dev.backstay.cluster.apply.plan.PlannedManifest;
import dev.backstay.cluster.manifest.CanonicalYaml;
import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.workflow.point.PointFilter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A restore's plan as a file: the wish, and what the cluster was like when it was planned. Carried
/// out later, it is refused if the cluster has moved on.
///
/// @param request the wish, with the full id of the restore point
/// @param context the kubeconfig context it was planned in; for people
/// @param clusterId the cluster it is for
/// @param namespace the namespace it goes to
/// @param objects what was seen and decided of each object
/// @param volumes what was decided of each PVC's data
public record SavedRestorePlan(
    RestoreRequest request,
    String context,
    String clusterId,
    String namespace,
    List<SeenObject> objects,
    Map<String, String> volumes) {

  public static final String API_VERSION = "backstay.dev/v1";
  public static final String KIND = "RestorePlan";

  /// Larger than the plan of any namespace.
  public static final int LARGEST = 64 << 20;

  private static final int NAMED = 5;

  /// An object as the plan saw it.
  ///
  /// @param object kind and name as kubectl prints them
  /// @param namespace where it goes, empty for a cluster-scoped one
  /// @param action what happens to it
  /// @param uid of the live object, empty if there was none
  /// @param resourceVersion of the live object; for people, since it changes with every status
  /// @param content a hash of what users write of the live object, which a status does not change
  public record SeenObject(
      String object,
      String namespace,
      String action,
      String uid,
      String resourceVersion,
      String content) {

    static SeenObject of(PlannedManifest planned) {
      PlannedManifest.Live live = planned.live();
      String in = planned.key().namespace();
      return new SeenObject(
          planned.key().toString(),
          in == null ? "" : in,
          planned.action().name().toLowerCase(Locale.ROOT),
          live == null ? "" : live.uid(),
          live == null ? "" : live.resourceVersion(),
          live == null ? "" : live.content());
    }

    private String name() {
      return namespace.isEmpty() ? object : namespace + "/" + object;
    }
  }

  static SavedRestorePlan of(
      RestoreRequest request, String point, String clusterId, Prepared prepared, String context) {
    RestoreRequest fixed =
        new RestoreRequest(
            point,
            PointFilter.ALL,
            prepared.namespace(),
            request.classMap(),
            request.only(),
            request.existing(),
            request.volumes(),
            request.suspendCronJobs(),
            request.keepNodePorts(),
            false);
    Map<String, String> volumes = new TreeMap<>();
    prepared.volumes().forEach(v -> volumes.put(v.pvc(), v.action().text()));
    return new SavedRestorePlan(
        fixed,
        context,
        clusterId,
        prepared.namespace(),
        prepared.objects().stream().map(SeenObject::of).toList(),
        volumes);
  }

  /// @param now the same wish, planned again
  /// @throws ConflictException if the cluster is not what it was
  public void requireSame(SavedRestorePlan now) {
    if (!clusterId.equals(now.clusterId)) {
      throw outdated(
          "it was made for cluster "
              + clusterId
              + " (context "
              + context
              + "), and this is cluster "
              + now.clusterId);
    }
    List<String> changed = changes(now);
    if (!changed.isEmpty()) {
      String rest = changed.size() > NAMED ? " and " + (changed.size() - NAMED) + " more" : "";
      throw outdated(String.join("; ", changed.subList(0, Math.min(NAMED, changed.size()))) + rest);
    }
  }

  private static ConflictException outdated(String why) {
    return new ConflictException(
        "restore.plan-outdated",
        "the cluster has moved on since the plan was made: " + why,
        "plan again, look at what differs, and save the new plan");
  }

  private List<String> changes(SavedRestorePlan now) {
    List<String> changed = new ArrayList<>();
    Map<String, SeenObject> seen = new LinkedHashMap<>();
    now.objects.forEach(o -> seen.put(o.name(), o));
    for (SeenObject before : objects) {
      String change = change(before, seen.remove(before.name()));
      if (!change.isEmpty()) {
        changed.add(before.name() + " " + change);
      }
    }
    seen.keySet().forEach(name -> changed.add(name + " was not in the plan"));
    volumes.forEach((pvc, action) -> {
      String is = now.volumes.getOrDefault(pvc, "gone");
      if (!is.equals(action)) {
        changed.add("pvc/" + pvc + " would be " + is + ", not " + action);
      }
    });
    return changed;
  }

  private static String change(SeenObject before, @Nullable SeenObject now) {
    if (now == null) {
      return "is not in the restore point";
    }
    if (before.uid.isEmpty() && !now.uid.isEmpty()) {
      return "appeared";
    }
    if (!before.uid.isEmpty() && now.uid.isEmpty()) {
      return "is gone";
    }
    if (!before.uid.equals(now.uid)) {
      return "was deleted and made again";
    }
    if (!before.content.equals(now.content)) {
      return "changed";
    }
    return before.action.equals(now.action)
        ? ""
        : "would be " + now.action + ", not " + before.action;
  }

  /// One YAML document.
  public String toYaml() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("apiVersion", API_VERSION).put("kind", KIND);
    root.put("restorePoint", request.point());
    root.put("context", context).put("clusterId", clusterId).put("namespace", namespace);
    root.put("existing", word(request.existing())).put("volumes", word(request.volumes()));
    root.put("suspendCronJobs", request.suspendCronJobs());
    root.put("keepNodePorts", request.keepNodePorts());
    ArrayNode only = root.putArray("only");
    request.only().forEach(only::add);
    ObjectNode classes = root.putObject("classMap");
    new TreeMap<>(request.classMap()).forEach(classes::put);
    ArrayNode list = root.putArray("objects");
    for (SeenObject seen : objects) {
      list.addObject()
          .put("object", seen.object)
          .put("namespace", seen.namespace)
          .put("action", seen.action)
          .put("uid", seen.uid)
          .put("resourceVersion", seen.resourceVersion)
          .put("content", seen.content);
    }
    ObjectNode data = root.putObject("pvcs");
    volumes.forEach(data::put);
    return new String(CanonicalYaml.write(root), StandardCharsets.UTF_8);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /// @throws InvalidInputException if it is no such file
  public static SavedRestorePlan parse(byte[] yaml) {
    if (yaml.length > LARGEST) {
      throw bad("it is too large", null);
    }
    try {
      ObjectNode root = CanonicalYaml.read(yaml);
      if (!root.path("kind").asString("").equals(KIND)
          || !root.path("apiVersion").asString("").equals(API_VERSION)) {
        throw bad("its apiVersion and kind are not " + API_VERSION + " and " + KIND, null);
      }
      return parse(root);
    } catch (InvalidInputException e) {
      throw e;
    } catch (EngineException | IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()), e);
    }
  }

  private static SavedRestorePlan parse(ObjectNode root) {
    List<String> only = new ArrayList<>();
    root.path("only").forEach(entry -> only.add(entry.asString()));
    RestoreRequest request =
        new RestoreRequest(
            text(root, "restorePoint"),
            PointFilter.ALL,
            text(root, "namespace"),
            map(root.path("classMap")),
            only,
            ExistingObjects.valueOf(text(root, "existing").toUpperCase(Locale.ROOT)),
            ExistingVolumes.valueOf(text(root, "volumes").toUpperCase(Locale.ROOT)),
            root.path("suspendCronJobs").asBoolean(false),
            root.path("keepNodePorts").asBoolean(false),
            false);
    List<SeenObject> objects = new ArrayList<>();
    for (JsonNode seen : root.path("objects")) {
      objects.add(
          new SeenObject(
              text(seen, "object"),
              seen.path("namespace").asString(""),
              text(seen, "action"),
              seen.path("uid").asString(""),
              seen.path("resourceVersion").asString(""),
              seen.path("content").asString("")));
    }
    return new SavedRestorePlan(
        request,
        text(root, "context"),
        text(root, "clusterId"),
        text(root, "namespace"),
        objects,
        map(root.path("pvcs")));
  }

  private static Map<String, String> map(JsonNode node) {
    Map<String, String> map = new TreeMap<>();
    node.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asString()));
    return map;
  }

  private static String text(JsonNode node, String field) {
    String text = node.path(field).asString("");
    if (text.isEmpty()) {
      throw bad("its field " + field + " is missing", null);
    }
    return text;
  }

  private static InvalidInputException bad(String why, @Nullable Throwable cause) {
    return new InvalidInputException(
        "restore.bad-plan",
        "the file is not a plan of a restore: " + why,
        "save one with 'backstay restore … --save-plan FILE' or in the window",
        cause);
  }
}
