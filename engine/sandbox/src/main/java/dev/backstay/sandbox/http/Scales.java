package dev.backstay.sandbox.http;

import dev.backstay.sandbox.state.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The `scale` subresource (`autoscaling/v1`).
final class Scales {

  private Scales() {}

  static ObjectNode of(ObjectNode workload) {
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String name :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      metadata.put(name, Json.text(workload, "metadata", name));
    }
    scale.putObject("spec").put("replicas", Json.number(workload, 0, "spec", "replicas"));
    scale.putObject("status").put("replicas", Json.number(workload, 0, "status", "replicas"));
    return scale;
  }

  static ObjectNode applied(ObjectNode workload, ObjectNode scale) {
    ObjectNode next = workload.deepCopy();
    Json.child(next, "spec").put("replicas", Json.number(scale, 0, "spec", "replicas"));
    String version = Json.text(scale, "metadata", "resourceVersion");
    if (!version.isEmpty()) {
      Json.meta(next).put("resourceVersion", version);
    }
    return next;
  }
}
