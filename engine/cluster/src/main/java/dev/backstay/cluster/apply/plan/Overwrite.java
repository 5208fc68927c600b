package dev.backstay.cluster.apply.plan;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.manifest.ManifestKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is sent to make a live object what the restore point holds.
public final class Overwrite {

  /// Deleting and creating these loses nothing but a moment.
  private static final Set<String> RECREATABLE =
      Set.of("rbac.authorization.k8s.io/RoleBinding", "/Secret", "/ConfigMap", "batch/Job");

  private static final List<String> ALLOCATED =
      List.of("clusterIP", "clusterIPs", "healthCheckNodePort", "ipFamilies", "ipFamilyPolicy");

  private Overwrite() {}

  static boolean recreatable(ManifestKey key) {
    return RECREATABLE.contains(key.group() + "/" + key.kind());
  }

  /// The wanted object with what only the live one has: its version, its finalizers and owners, and
  /// what the cluster allocated to it.
  public static ObjectNode body(ObjectNode live, ObjectNode wanted) {
    ObjectNode body = wanted.deepCopy();
    ObjectNode metadata =
        ObjectFields.object(body, "metadata").orElseGet(() -> body.putObject("metadata"));
    for (String field : List.of("resourceVersion", "uid", "finalizers", "ownerReferences")) {
      JsonNode value = live.path("metadata").path(field);
      if (!value.isMissingNode()) {
        metadata.set(field, value);
      }
    }
    switch (ObjectFields.text(wanted, "kind")) {
      case "Service" -> service(live, body);
      case "ServiceAccount" -> merge(live, body);
      default -> {}
    }
    return body;
  }

  private static void service(ObjectNode live, ObjectNode body) {
    ObjectNode spec = ObjectFields.object(body, "spec").orElseGet(() -> body.putObject("spec"));
    for (String field : ALLOCATED) {
      JsonNode value = live.path("spec").path(field);
      if (!spec.has(field) && !value.isMissingNode()) {
        spec.set(field, value);
      }
    }
    for (ObjectNode port : ObjectFields.objects(spec, "ports")) {
      ObjectFields.objects(live, "spec", "ports").stream()
          .filter(l -> ObjectFields.number(l, 0, "port") == ObjectFields.number(port, 0, "port"))
          .filter(l -> l.has("nodePort") && !port.has("nodePort"))
          .findFirst()
          .ifPresent(l -> port.set("nodePort", l.get("nodePort")));
    }
  }

  /// A ServiceAccount keeps what it has and gets what is missing.
  ///
  /// @return whether anything was missing
  public static boolean merge(ObjectNode live, ObjectNode body) {
    boolean added = false;
    for (String list : List.of("secrets", "imagePullSecrets")) {
      List<ObjectNode> union = new ArrayList<>(ObjectFields.objects(live, list));
      Set<String> names = new HashSet<>();
      union.forEach(n -> names.add(ObjectFields.text(n, "name")));
      for (ObjectNode reference : ObjectFields.objects(body, list)) {
        if (names.add(ObjectFields.text(reference, "name"))) {
          union.add(reference);
          added = true;
        }
      }
      if (!union.isEmpty()) {
        ArrayNode array = body.putArray(list);
        array.addAll(union);
      }
    }
    for (String map : List.of("labels", "annotations")) {
      for (var entry : live.path("metadata").path(map).properties()) {
        ObjectNode metadata = (ObjectNode) body.path("metadata");
        ObjectNode into =
            ObjectFields.object(metadata, map).orElseGet(() -> metadata.putObject(map));
        if (!into.has(entry.getKey())) {
          into.set(entry.getKey(), entry.getValue());
        }
      }
    }
    return added || !LiveContent.changes(live, body).isEmpty();
  }
}
