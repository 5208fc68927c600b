package dev.backstay.sandbox.control;

import dev.backstay.sandbox.state.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The containers of a pod: nothing runs in them, but they have a status. An image of a registry
/// `….invalid` cannot be pulled. Pods of Jobs end by themselves.
final class Containers {

  private final World world;

  Containers(World world) {
    this.world = world;
  }

  /// The ConfigMap or Secret that a pod mounts and that is not there.
  Optional<String> missingVolume(ObjectNode pod) {
    for (JsonNode volume : Json.at(pod, "spec", "volumes")) {
      Optional<String> missing = missing(pod, volume);
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }

  private Optional<String> missing(ObjectNode pod, JsonNode volume) {
    boolean secret = volume.has("secret");
    JsonNode source = volume.path(secret ? "secret" : "configMap");
    if (!source.isObject() || Json.flag(source, "optional")) {
      return Optional.empty();
    }
    String name = Json.text(source, secret ? "secretName" : "name");
    String kind = secret ? "secret" : "configmap";
    return world.find(kind + "s", Json.namespace(pod), name).isPresent()
        ? Optional.empty()
        : Optional.of(
            "MountVolume.SetUp failed for volume \""
                + Json.text(volume, "name")
                + "\" : "
                + kind
                + " \""
                + name
                + "\" not found");
  }

  void start(ObjectNode pod) {
    ObjectNode status = Json.child(pod, "status");
    String now = world.operations().now();
    Json.byDefault(status, "startTime", now);
    Json.byDefault(
        status, "podIP", "10.244.0." + (20 + Math.floorMod(Json.uid(pod).hashCode(), 200)));
    Json.byDefault(status, "hostIP", "10.244.0.1");
    status.put("qosClass", "BestEffort");
    boolean pulled = true;
    ArrayNode list = status.putArray("containerStatuses");
    for (JsonNode container : Json.at(pod, "spec", "containers")) {
      pulled &= addStatus(list, container, now);
    }
    if (!pulled) {
      return;
    }
    status.put("phase", "Running");
    ArrayNode conditions = status.putArray("conditions");
    for (String type :
        List.of(
            "PodReadyToStartContainers",
            "Initialized",
            "Ready",
            "ContainersReady",
            "PodScheduled")) {
      conditions.addObject().put("type", type).put("status", "True").put("lastTransitionTime", now);
    }
  }

  private static boolean addStatus(ArrayNode list, JsonNode container, String now) {
    String image = Json.text(container, "image");
    boolean pulled = !image.split("[/:]")[0].endsWith(".invalid");
    ObjectNode entry = list.addObject().put("name", Json.text(container, "name"));
    entry.put("image", image).put("imageID", pulled ? "sandbox/" + image : "");
    entry.put("ready", pulled).put("started", pulled).put("restartCount", 0);
    ObjectNode state = entry.putObject("state");
    entry.putObject("lastState");
    if (pulled) {
      entry.put("containerID", "sandbox://" + Json.text(container, "name"));
      state.putObject("running").put("startedAt", now);
    } else {
      ObjectNode waiting = state.putObject("waiting").put("reason", "ImagePullBackOff");
      waiting.put("message", "Back-off pulling image \"" + image + "\"");
    }
    return pulled;
  }

  /// Whether the pod is one that comes to an end.
  boolean isShort(ObjectNode pod) {
    for (JsonNode reference : Json.at(pod, "metadata", "ownerReferences")) {
      if (Json.text(reference, "kind").equals("Job")) {
        return true;
      }
    }
    List<String> command = Json.texts(Json.at(pod, "spec", "containers", "0", "command"));
    JsonNode first = Json.at(pod, "spec", "containers").path(0);
    List<String> told = command.isEmpty() ? Json.texts(first.path("command")) : command;
    return !Json.text(pod, "spec", "restartPolicy").equals("Always")
        && (told.equals(List.of("true")) || told.equals(List.of("false")));
  }

  void finish(ObjectNode pod) {
    JsonNode first = Json.at(pod, "spec", "containers").path(0);
    if (Json.texts(first.path("command")).equals(List.of("false"))) {
      fail(pod, "Error");
    } else {
      end(pod, "Succeeded", "Completed", 0);
    }
  }

  void fail(ObjectNode pod, String reason) {
    end(pod, "Failed", reason, 1);
    Json.child(pod, "status").put("reason", reason);
  }

  private void end(ObjectNode pod, String phase, String reason, int code) {
    ObjectNode status = Json.child(pod, "status").put("phase", phase);
    for (JsonNode condition : status.path("conditions")) {
      if (Json.text(condition, "type").endsWith("Ready")) {
        ((ObjectNode) condition).put("status", "False").put("reason", "PodCompleted");
      }
    }
    for (JsonNode container : status.path("containerStatuses")) {
      ObjectNode entry = ((ObjectNode) container).put("ready", false).put("started", false);
      ObjectNode ended = entry.putObject("state").putObject("terminated");
      ended.put("exitCode", code).put("reason", reason);
      ended.put("finishedAt", world.operations().now());
    }
  }
}
