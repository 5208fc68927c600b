package dev.backstay.sandbox.http;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What `kubectl get` prints.
final class Tables {

  /// One column.
  private record Column(
      String name, String type, int priority, Function<ObjectNode, JsonNode> cell) {}

  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  private Tables() {}

  static ObjectNode of(Resource resource, Iterable<? extends JsonNode> items, JsonNode metadata) {
    List<Column> columns = columns(resource);
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    ObjectNode meta = table.putObject("metadata");
    for (String name : List.of("resourceVersion", "continue", "remainingItemCount")) {
      if (metadata.has(name)) {
        meta.set(name, metadata.path(name));
      }
    }
    ArrayNode definitions = table.putArray("columnDefinitions");
    for (Column column : columns) {
      ObjectNode definition = definitions.addObject().put("name", column.name());
      definition.put("type", column.type());
      definition.put("format", column.name().equals("Name") ? "name" : "");
      definition.put("description", "").put("priority", column.priority());
    }
    ArrayNode rows = table.putArray("rows");
    for (JsonNode item : items) {
      addRow(rows, columns, (ObjectNode) item);
    }
    return table;
  }

  private static void addRow(ArrayNode rows, List<Column> columns, ObjectNode item) {
    ObjectNode row = rows.addObject();
    ArrayNode cells = row.putArray("cells");
    columns.forEach(column -> cells.add(column.cell().apply(item)));
    ObjectNode object = row.putObject("object").put("kind", "PartialObjectMetadata");
    object.put("apiVersion", "meta.k8s.io/v1").set("metadata", item.path("metadata"));
  }

  private static List<Column> columns(Resource resource) {
    List<Column> columns = new ArrayList<>();
    columns.add(text("Name", Json::name));
    if (resource.custom()) {
      resource.columns().forEach(column -> columns.add(custom(column)));
      if (resource.columns().isEmpty()) {
        columns.add(age());
      }
      return columns;
    }
    List<Column> own = builtIn(resource.storage());
    own.stream().filter(column -> column.priority() == 0).forEach(columns::add);
    columns.add(age());
    own.stream().filter(column -> column.priority() > 0).forEach(columns::add);
    return columns;
  }

  private static Column custom(Resource.Column column) {
    String[] path = column.path().substring(1).split("\\.");
    boolean date = column.type().equals("date");
    return new Column(
        column.name(),
        column.type(),
        column.priority(),
        object ->
            date
                ? MAKE.stringNode(age(Json.text(object, path)))
                : Json.at(object, path).isMissingNode() ? MAKE.nullNode() : Json.at(object, path));
  }

  private static List<Column> builtIn(String storage) {
    return switch (storage) {
      case "pods" ->
          List.of(
              text("Ready", Tables::readyContainers),
              text("Status", Tables::podStatus),
              text("Restarts", pod -> "0"),
              wide("IP", pod -> orNone(Json.text(pod, "status", "podIP"))),
              wide("Node", pod -> orNone(Json.text(pod, "spec", "nodeName"))));
      case "persistentvolumeclaims" ->
          List.of(
              text("Status", Tables::phase),
              text("Volume", o -> Json.text(o, "spec", "volumeName")),
              text("Capacity", o -> Json.text(o, "status", "capacity", "storage")),
              text("Access Modes", o -> modes(Json.at(o, "status", "accessModes"))),
              text("StorageClass", o -> Json.text(o, "spec", "storageClassName")),
              text("VolumeAttributesClass", o -> "<unset>"),
              wide("VolumeMode", o -> Json.text(o, "spec", "volumeMode")));
      case "persistentvolumes" ->
          List.of(
              text("Capacity", o -> Json.text(o, "spec", "capacity", "storage")),
              text("Access Modes", o -> modes(Json.at(o, "spec", "accessModes"))),
              text("Reclaim Policy", o -> Json.text(o, "spec", "persistentVolumeReclaimPolicy")),
              text("Status", Tables::phase),
              text("Claim", Tables::claim),
              text("StorageClass", o -> Json.text(o, "spec", "storageClassName")),
              text("VolumeAttributesClass", o -> "<unset>"),
              text("Reason", o -> ""));
      case "namespaces" -> List.of(text("Status", Tables::phase));
      case "nodes" ->
          List.of(
              text("Status", o -> "Ready"),
              text("Roles", o -> "<none>"),
              text("Version", o -> Json.text(o, "status", "nodeInfo", "kubeletVersion")));
      case "configmaps" ->
          List.of(number("Data", o -> o.path("data").size() + o.path("binaryData").size()));
      case "secrets" ->
          List.of(
              text("Type", o -> Json.text(o, "type")), number("Data", o -> o.path("data").size()));
      case "serviceaccounts" -> List.of(number("Secrets", o -> o.path("secrets").size()));
      case "services" ->
          List.of(
              text("Type", o -> Json.text(o, "spec", "type")),
              text("Cluster-IP", o -> orNone(Json.text(o, "spec", "clusterIP"))),
              text("External-IP", o -> "<none>"),
              text("Port(s)", Tables::ports));
      case "deployments.apps" ->
          List.of(
              text("Ready", Tables::readyReplicas),
              number("Up-to-date", o -> Json.number(o, 0, "status", "updatedReplicas")),
              number("Available", o -> Json.number(o, 0, "status", "availableReplicas")));
      case "statefulsets.apps" -> List.of(text("Ready", Tables::readyReplicas));
      case "replicasets.apps" ->
          List.of(
              number("Desired", o -> Json.number(o, 0, "spec", "replicas")),
              number("Current", o -> Json.number(o, 0, "status", "replicas")),
              number("Ready", o -> Json.number(o, 0, "status", "readyReplicas")));
      case "jobs.batch" ->
          List.of(
              text("Status", Tables::jobStatus),
              text(
                  "Completions",
                  o ->
                      Json.number(o, 0, "status", "succeeded")
                          + "/"
                          + Json.number(o, 1, "spec", "completions")));
      case "cronjobs.batch" ->
          List.of(
              text("Schedule", o -> Json.text(o, "spec", "schedule")),
              text("Timezone", o -> orNone(Json.text(o, "spec", "timeZone"))),
              text("Suspend", o -> Json.flag(o, "spec", "suspend") ? "True" : "False"),
              number("Active", o -> Json.at(o, "status", "active").size()),
              text("Last Schedule", o -> "<none>"));
      case "storageclasses.storage.k8s.io" ->
          List.of(
              text("Provisioner", o -> Json.text(o, "provisioner")),
              text("ReclaimPolicy", o -> Json.text(o, "reclaimPolicy")),
              text("VolumeBindingMode", o -> Json.text(o, "volumeBindingMode")),
              text("AllowVolumeExpansion", o -> Json.flag(o, "allowVolumeExpansion") + ""));
      case "events" ->
          List.of(
              text("Type", o -> Json.text(o, "type")),
              text("Reason", o -> Json.text(o, "reason")),
              text("Object", Tables::involved),
              text("Message", o -> Json.text(o, "message")));
      case "rolebindings.rbac.authorization.k8s.io",
          "clusterrolebindings.rbac.authorization.k8s.io" ->
          List.of(
              text(
                  "Role",
                  o -> Json.text(o, "roleRef", "kind") + "/" + Json.text(o, "roleRef", "name")));
      default -> List.of();
    };
  }

  private static Column text(String name, Function<ObjectNode, String> cell) {
    return new Column(name, "string", 0, object -> MAKE.stringNode(cell.apply(object)));
  }

  private static Column wide(String name, Function<ObjectNode, String> cell) {
    return new Column(name, "string", 1, object -> MAKE.stringNode(cell.apply(object)));
  }

  private static Column number(String name, Function<ObjectNode, Number> cell) {
    return new Column(
        name, "integer", 0, object -> MAKE.numberNode(cell.apply(object).longValue()));
  }

  private static Column age() {
    return text("Age", object -> age(Json.text(object, "metadata", "creationTimestamp")));
  }

  private static String age(String since) {
    if (since.isEmpty()) {
      return "<unknown>";
    }
    long seconds = Math.max(0, Duration.between(Instant.parse(since), Instant.now()).toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    return minutes < 120
        ? minutes + "m"
        : minutes < 2880 ? minutes / 60 + "h" : minutes / 1440 + "d";
  }

  private static String phase(ObjectNode object) {
    return Json.deleting(object) ? "Terminating" : Json.text(object, "status", "phase");
  }

  private static String podStatus(ObjectNode pod) {
    String reason = Json.text(pod, "status", "reason");
    String phase = Json.text(pod, "status", "phase");
    if (Json.deleting(pod)) {
      return "Terminating";
    }
    return !reason.isEmpty() ? reason : phase.equals("Succeeded") ? "Completed" : phase;
  }

  private static String readyContainers(ObjectNode pod) {
    int ready = 0;
    for (JsonNode status : Json.at(pod, "status", "containerStatuses")) {
      ready += Json.flag(status, "ready") ? 1 : 0;
    }
    return ready + "/" + Json.at(pod, "spec", "containers").size();
  }

  private static String readyReplicas(ObjectNode workload) {
    return Json.number(workload, 0, "status", "readyReplicas")
        + "/"
        + Json.number(workload, 0, "spec", "replicas");
  }

  private static String jobStatus(ObjectNode job) {
    return Json.has(job, "status", "completionTime") ? "Complete" : "Running";
  }

  private static String claim(ObjectNode volume) {
    String name = Json.text(volume, "spec", "claimRef", "name");
    return name.isEmpty() ? "" : Json.text(volume, "spec", "claimRef", "namespace") + "/" + name;
  }

  private static String involved(ObjectNode event) {
    String kind = Json.text(event, "involvedObject", "kind").toLowerCase(java.util.Locale.ROOT);
    return kind + "/" + Json.text(event, "involvedObject", "name");
  }

  private static String ports(ObjectNode service) {
    List<String> ports = new ArrayList<>();
    for (JsonNode port : Json.at(service, "spec", "ports")) {
      ports.add(Json.text(port, "port") + "/" + Json.text(port, "protocol"));
    }
    return String.join(",", ports);
  }

  private static String modes(JsonNode modes) {
    Map<String, String> shortened =
        Map.of(
            "ReadWriteOnce", "RWO",
            "ReadOnlyMany", "ROX",
            "ReadWriteMany", "RWX",
            "ReadWriteOncePod", "RWOP");
    return String.join(
        ",", Json.texts(modes).stream().map(m -> shortened.getOrDefault(m, m)).toList());
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }
}
