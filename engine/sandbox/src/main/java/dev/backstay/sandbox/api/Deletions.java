package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Resource;
import tools.jackson.databind.node.ObjectNode;

/// What a deletion writes into an object before it goes.
final class Deletions {

  private Deletions() {}

  static void mark(Resource resource, ObjectNode object, DeleteOptions options, String now) {
    ObjectNode meta = Json.meta(object);
    Json.byDefault(meta, "deletionTimestamp", now);
    if (resource.storage().equals("pods")) {
      markPod(object, options);
    } else {
      meta.put("deletionGracePeriodSeconds", 0);
    }
    if (resource.storage().equals("namespaces")) {
      Json.child(object, "status").put("phase", "Terminating");
      meta.remove("deletionGracePeriodSeconds");
    }
    switch (propagation(resource, options)) {
      case "Orphan" -> Json.addFinalizer(object, "orphan");
      case "Foreground" -> Json.addFinalizer(object, "foregroundDeletion");
      default -> {}
    }
  }

  /// Jobs leave their pods behind by default, for the sake of old clients.
  private static String propagation(Resource resource, DeleteOptions options) {
    if (!options.propagation().isEmpty()) {
      return options.propagation();
    }
    return resource.storage().equals("jobs.batch") ? "Orphan" : "Background";
  }

  private static void markPod(ObjectNode pod, DeleteOptions options) {
    long grace = options.graceSeconds();
    if (grace < 0) {
      grace = Json.number(pod, 30, "spec", "terminationGracePeriodSeconds");
    }
    boolean ended =
        Json.text(pod, "status", "phase").equals("Succeeded")
            || Json.text(pod, "status", "phase").equals("Failed");
    if (Json.text(pod, "spec", "nodeName").isEmpty() || ended) {
      grace = 0;
    }
    long before = Json.number(pod, Long.MAX_VALUE, "metadata", "deletionGracePeriodSeconds");
    Json.meta(pod).put("deletionGracePeriodSeconds", Math.min(before, grace));
  }
}
