package dev.backstay.cluster.apply.ready;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.manifest.ManifestKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether an object does what it is for.
final class WorkloadState {

  private static final Set<String> WATCHED =
      Set.of(
          "apps/Deployment",
          "apps/StatefulSet",
          "apps/DaemonSet",
          "apps/ReplicaSet",
          "/ReplicationController",
          "batch/Job",
          "/Pod",
          "/PersistentVolumeClaim");

  private WorkloadState() {}

  static boolean matters(ManifestKey key) {
    return WATCHED.contains(key.group() + "/" + key.kind());
  }

  /// Null if it is ready, else its state in words.
  static @Nullable String unready(ManifestKey key, ObjectNode object) {
    JsonNode status = object.path("status");
    return switch (key.kind()) {
      case "Deployment" -> replicas(object, "availableReplicas", true);
      case "StatefulSet" -> replicas(object, "readyReplicas", true);
      case "ReplicaSet", "ReplicationController" -> replicas(object, "readyReplicas", false);
      case "DaemonSet" -> daemons(object, status);
      case "Job" -> job(object, status);
      case "Pod" -> pod(status);
      case "PersistentVolumeClaim" -> claim(status);
      default -> null;
    };
  }

  private static @Nullable String replicas(ObjectNode object, String field, boolean updated) {
    JsonNode status = object.path("status");
    long wanted = ObjectFields.number(object, 1, "spec", "replicas");
    long ready = ObjectFields.number(status, 0, field);
    long fresh = updated ? ObjectFields.number(status, 0, "updatedReplicas") : wanted;
    if (!observed(object)) {
      return "its controller has not seen it yet";
    }
    return ready >= wanted && fresh >= wanted
        ? null
        : ready + " of " + wanted + " replicas are ready";
  }

  private static boolean observed(ObjectNode object) {
    return ObjectFields.number(object, 0, "status", "observedGeneration")
        >= ObjectFields.number(object, 0, "metadata", "generation");
  }

  private static @Nullable String daemons(ObjectNode object, JsonNode status) {
    if (!observed(object)) {
      return "its controller has not seen it yet";
    }
    long wanted = ObjectFields.number(status, 0, "desiredNumberScheduled");
    long ready = ObjectFields.number(status, 0, "numberReady");
    return ready >= wanted ? null : ready + " of " + wanted + " pods are ready";
  }

  private static @Nullable String job(ObjectNode job, JsonNode status) {
    boolean failed =
        ObjectFields.objects(status, "conditions").stream()
            .filter(c -> ObjectFields.text(c, "status").equals("True"))
            .anyMatch(c -> ObjectFields.text(c, "type").equals("Failed"));
    if (failed) {
      return "it has failed";
    }
    boolean begun =
        ObjectFields.number(status, 0, "active") + ObjectFields.number(status, 0, "succeeded") > 0;
    return begun || ObjectFields.isTrue(job, "spec", "suspend") ? null : "it has not begun";
  }

  private static @Nullable String pod(JsonNode status) {
    String phase = ObjectFields.text(status, "phase");
    boolean ready =
        ObjectFields.objects(status, "conditions").stream()
            .filter(c -> ObjectFields.text(c, "type").equals("Ready"))
            .anyMatch(c -> ObjectFields.text(c, "status").equals("True"));
    return ready || phase.equals("Succeeded") ? null : "it is " + phase;
  }

  private static @Nullable String claim(JsonNode status) {
    String phase = ObjectFields.text(status, "phase");
    return phase.equals("Bound") ? null : "it is " + phase;
  }
}
