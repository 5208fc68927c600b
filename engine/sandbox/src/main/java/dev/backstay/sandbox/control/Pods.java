package dev.backstay.sandbox.control;

import dev.backstay.sandbox.api.Quantity;
import dev.backstay.sandbox.state.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Scheduler and kubelet of the one node.
final class Pods implements Controller {

  private static final String NODE = "node-1";

  private final World world;
  private final Duration start;
  private final Containers containers;

  /// By uid; what is not here was scheduled by its creator.
  private final Map<String, Instant> scheduled = new HashMap<>();

  Pods(World world, Duration start) {
    this.world = world;
    this.start = start;
    this.containers = new Containers(world);
  }

  @Override
  public void run() {
    for (ObjectNode pod : world.list("pods")) {
      String phase = Json.text(pod, "status", "phase");
      if (Json.deleting(pod)) {
        end(pod);
      } else if (phase.equals("Pending") && Json.text(pod, "spec", "nodeName").isEmpty()) {
        schedule(pod);
      } else if (phase.equals("Pending")) {
        start(pod);
      } else if (phase.equals("Running")) {
        live(pod);
      }
    }
  }

  /// As soon as the containers have stopped, which takes no time here.
  private void end(ObjectNode pod) {
    if (Json.number(pod, 0, "metadata", "deletionGracePeriodSeconds") > 0) {
      world.edit("pods", pod, next -> Json.meta(next).put("deletionGracePeriodSeconds", 0));
    }
  }

  private void schedule(ObjectNode pod) {
    Optional<String> obstacle = obstacle(pod);
    if (obstacle.isPresent()) {
      String text = "0/1 nodes are available: " + obstacle.get();
      world.warn(pod, "FailedScheduling", text);
      world.edit("pods", pod, next -> unschedulable(next, text));
      return;
    }
    boolean bound = true;
    for (String name : PodVolumes.claims(pod)) {
      bound &= isBound(pod, name);
    }
    if (bound) {
      world.tell(
          pod,
          "Scheduled",
          "Successfully assigned " + Json.namespace(pod) + "/" + Json.name(pod) + " to " + NODE);
      world.edit("pods", pod, this::assign);
    }
  }

  private void assign(ObjectNode pod) {
    Json.child(pod, "spec").put("nodeName", NODE);
    scheduled.put(Json.uid(pod), world.operations().clock().instant());
    ObjectNode status = Json.child(pod, "status");
    status.remove("conditions");
    condition(status, "PodScheduled", "True", "");
  }

  private void unschedulable(ObjectNode pod, String text) {
    ObjectNode status = Json.child(pod, "status");
    if (status.path("conditions").isEmpty()) {
      ObjectNode condition = condition(status, "PodScheduled", "False", "Unschedulable");
      condition.put("message", text);
    }
  }

  private ObjectNode condition(ObjectNode status, String type, String value, String reason) {
    ArrayNode conditions = Json.list(status, "conditions");
    ObjectNode condition = conditions.addObject().put("type", type).put("status", value);
    condition.put("lastTransitionTime", world.operations().now());
    if (!reason.isEmpty()) {
      condition.put("reason", reason);
    }
    return condition;
  }

  private Optional<String> obstacle(ObjectNode pod) {
    for (var wanted : Json.map(Json.at(pod, "spec", "nodeSelector")).entrySet()) {
      Optional<ObjectNode> node = world.find("nodes", "", NODE);
      if (node.isEmpty()
          || !wanted.getValue().equals(Json.labels(node.get()).get(wanted.getKey()))) {
        return Optional.of("1 node(s) didn't match Pod's node affinity/selector.");
      }
    }
    long cpu = 0;
    for (JsonNode container : Json.at(pod, "spec", "containers")) {
      cpu += Quantity.milli(Json.text(container, "resources", "requests", "cpu"));
    }
    if (cpu > 4000) {
      return Optional.of("1 Insufficient cpu.");
    }
    for (String name : PodVolumes.claims(pod)) {
      Optional<ObjectNode> claim = claim(pod, name);
      if (claim.isEmpty()) {
        return Optional.of("persistentvolumeclaim \"" + name + "\" not found.");
      }
      if (Json.deleting(claim.get())) {
        return Optional.of("persistentvolumeclaim \"" + name + "\" is being deleted.");
      }
      if (isHeldAlone(claim.get(), pod)) {
        return Optional.of(
            "1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod"
                + " access mode.");
      }
    }
    return Optional.empty();
  }

  private boolean isHeldAlone(ObjectNode claim, ObjectNode pod) {
    if (!Json.texts(Json.at(claim, "spec", "accessModes")).contains("ReadWriteOncePod")) {
      return false;
    }
    return world.list("pods", Json.namespace(claim)).stream()
        .filter(other -> !Json.uid(other).equals(Json.uid(pod)) && !PodVolumes.ended(other))
        .filter(other -> !Json.text(other, "spec", "nodeName").isEmpty())
        .anyMatch(other -> PodVolumes.claims(other).contains(Json.name(claim)));
  }

  private Optional<ObjectNode> claim(ObjectNode pod, String name) {
    return world.find("persistentvolumeclaims", Json.namespace(pod), name);
  }

  /// A claim that waits for its first consumer learns here that there is one.
  private boolean isBound(ObjectNode pod, String name) {
    Optional<ObjectNode> claim = claim(pod, name);
    if (claim.isEmpty() || Json.text(claim.get(), "status", "phase").equals("Bound")) {
      return claim.isPresent();
    }
    world.edit(
        "persistentvolumeclaims",
        claim.get(),
        next -> Json.child(Json.meta(next), "annotations").put(Claims.SELECTED_NODE, NODE));
    return false;
  }

  private void start(ObjectNode pod) {
    Optional<String> missing = containers.missingVolume(pod);
    if (missing.isPresent()) {
      world.warn(pod, "FailedMount", missing.get());
      return;
    }
    Instant created = Instant.parse(Json.text(pod, "metadata", "creationTimestamp"));
    Instant since = scheduled.getOrDefault(Json.uid(pod), created);
    if (world.agenda().isPast(since.plus(start))) {
      scheduled.remove(Json.uid(pod));
      world.edit("pods", pod, containers::start);
    }
  }

  private void live(ObjectNode pod) {
    long deadline = Json.number(pod, 0, "spec", "activeDeadlineSeconds");
    String started = Json.text(pod, "status", "startTime");
    if (deadline > 0
        && !started.isEmpty()
        && world.agenda().isPastQuietly(Instant.parse(started).plusSeconds(deadline))) {
      world.edit("pods", pod, next -> containers.fail(next, "DeadlineExceeded"));
    } else if (containers.isShort(pod)) {
      world.edit("pods", pod, containers::finish);
    }
  }
}
