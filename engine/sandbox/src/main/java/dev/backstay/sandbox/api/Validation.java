package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Refusal.Cause;
import dev.backstay.sandbox.state.Resource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of single objects that restores run into: names, required fields, fields that never
/// change.
final class Validation {

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "persistentvolumeclaims", List.of("spec.accessModes", "spec.resources.requests.storage"),
          "pods", List.of("spec.containers"),
          "deployments.apps", List.of("spec.selector", "spec.template"),
          "replicasets.apps", List.of("spec.selector"),
          "statefulsets.apps", List.of("spec.selector", "spec.template"),
          "daemonsets.apps", List.of("spec.selector", "spec.template"),
          "cronjobs.batch", List.of("spec.schedule", "spec.jobTemplate"),
          "rolebindings.rbac.authorization.k8s.io", List.of("roleRef"),
          "storageclasses.storage.k8s.io", List.of("provisioner"));

  private static final Map<String, List<String>> IMMUTABLE =
      Map.of(
          "deployments.apps", List.of("spec.selector"),
          "replicasets.apps", List.of("spec.selector"),
          "daemonsets.apps", List.of("spec.selector"),
          "statefulsets.apps",
              List.of(
                  "spec.selector",
                  "spec.serviceName",
                  "spec.volumeClaimTemplates",
                  "spec.podManagementPolicy"),
          "jobs.batch", List.of("spec.selector", "spec.template"),
          "rolebindings.rbac.authorization.k8s.io", List.of("roleRef"),
          "clusterrolebindings.rbac.authorization.k8s.io", List.of("roleRef"),
          "storageclasses.storage.k8s.io",
              List.of("provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"),
          "secrets", List.of("type"),
          "volumesnapshots.snapshot.storage.k8s.io", List.of("spec.source"));

  private Validation() {}

  static void create(Resource resource, ObjectNode object) throws Refusal {
    name(resource, object);
    labels(resource, object);
    for (String path : REQUIRED.getOrDefault(resource.storage(), List.of())) {
      JsonNode value = Json.at(object, path.split("\\."));
      if (value.isMissingNode() || value.isNull() || (value.isContainer() && value.isEmpty())) {
        throw refuse(resource, object, "FieldValueRequired", "Required value", path);
      }
    }
    volumeMounts(resource, object);
  }

  static void update(Resource resource, ObjectNode old, ObjectNode next) throws Refusal {
    labels(resource, next);
    for (String path : IMMUTABLE.getOrDefault(resource.storage(), List.of())) {
      String[] steps = path.split("\\.");
      if (!Json.at(old, steps).equals(Json.at(next, steps))) {
        throw refuse(resource, old, "FieldValueInvalid", "Invalid value: field is immutable", path);
      }
    }
    if (Json.flag(old, "immutable")
        && (!old.path("data").equals(next.path("data"))
            || !old.path("binaryData").equals(next.path("binaryData"))
            || !Json.flag(next, "immutable"))) {
      String message = "Forbidden: field is immutable when `immutable` is set";
      throw refuse(resource, old, "FieldValueForbidden", message, "data");
    }
    switch (resource.storage()) {
      case "persistentvolumeclaims" -> Claims.checkImmutable(resource, old, next);
      case "services" -> clusterAddress(resource, old, next);
      case "pods" -> podSpec(resource, old, next);
      default -> {}
    }
  }

  private static void clusterAddress(Resource resource, ObjectNode old, ObjectNode next)
      throws Refusal {
    String before = Json.text(old, "spec", "clusterIP");
    if (!before.isEmpty() && !before.equals(Json.text(next, "spec", "clusterIP"))) {
      String message = "Invalid value: [\"" + before + "\"]: may not change once set";
      throw refuse(resource, old, "FieldValueInvalid", message, "spec.clusterIPs[0]");
    }
  }

  private static void podSpec(Resource resource, ObjectNode old, ObjectNode next) throws Refusal {
    ObjectNode before = Json.child(old.deepCopy(), "spec");
    ObjectNode after = Json.child(next.deepCopy(), "spec");
    for (ObjectNode spec : List.of(before, after)) {
      spec.remove(List.of("activeDeadlineSeconds", "terminationGracePeriodSeconds", "tolerations"));
      for (String list : List.of("containers", "initContainers")) {
        spec.path(list).forEach(container -> ((ObjectNode) container).remove("image"));
      }
    }
    if (!before.equals(after)) {
      String message = "Forbidden: pod updates may not change fields other than the image";
      throw refuse(resource, old, "FieldValueForbidden", message, "spec");
    }
  }

  private static void name(Resource resource, ObjectNode object) throws Refusal {
    String name = Json.name(object);
    if (name.isEmpty()) {
      String message = "Required value: name or generateName is required";
      throw refuse(resource, object, "FieldValueRequired", message, "metadata.name");
    }
    boolean rbac = resource.group().equals("rbac.authorization.k8s.io");
    if (!rbac && (!NAME.matcher(name).matches() || name.length() > 253)) {
      String message =
          "Invalid value: \""
              + name
              + "\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
              + " characters, '-' or '.', and must start and end with an alphanumeric character"
              + " (e.g. 'example.com', regex used for validation is '"
              + NAME
              + "')";
      throw refuse(resource, object, "FieldValueInvalid", message, "metadata.name");
    }
  }

  private static void labels(Resource resource, ObjectNode object) throws Refusal {
    for (Map.Entry<String, String> label : Json.labels(object).entrySet()) {
      String value = label.getValue();
      if (value.length() > 63 || !LABEL_VALUE.matcher(value).matches()) {
        String message = "Invalid value: \"" + value + "\": a valid label must be an empty string";
        throw refuse(resource, object, "FieldValueInvalid", message, "metadata.labels");
      }
    }
  }

  private static void volumeMounts(Resource resource, ObjectNode object) throws Refusal {
    if (!resource.storage().equals("pods")) {
      return;
    }
    List<String> volumes = new java.util.ArrayList<>();
    Json.at(object, "spec", "volumes").forEach(v -> volumes.add(Json.text(v, "name")));
    for (JsonNode container : Json.at(object, "spec", "containers")) {
      for (JsonNode mount : container.path("volumeMounts")) {
        if (!volumes.contains(Json.text(mount, "name"))) {
          String message = "Not found: \"" + Json.text(mount, "name") + "\"";
          throw refuse(
              resource,
              object,
              "FieldValueNotFound",
              message,
              "spec.containers[0].volumeMounts[0].name");
        }
      }
    }
  }

  private static Refusal refuse(
      Resource resource, JsonNode object, String reason, String message, String field) {
    return Refusal.invalid(resource, Json.name(object), List.of(new Cause(reason, message, field)));
  }
}
