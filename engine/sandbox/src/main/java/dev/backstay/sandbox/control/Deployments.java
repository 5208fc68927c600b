package dev.backstay.sandbox.control;

import dev.backstay.sandbox.state.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Deployments to ReplicaSets to pods; DaemonSets to one pod.
final class Deployments implements Controller {

  private static final String DEPLOYMENTS = "deployments.apps";
  private static final String REPLICA_SETS = "replicasets.apps";

  private final World world;

  Deployments(World world) {
    this.world = world;
  }

  @Override
  public void run() {
    world.list(DEPLOYMENTS).stream().filter(d -> !Json.deleting(d)).forEach(this::deploy);
    world.list(REPLICA_SETS).stream()
        .filter(set -> !Json.deleting(set))
        .forEach(set -> replicate(REPLICA_SETS, set, Json.number(set, 1, "spec", "replicas")));
    world.list("daemonsets.apps").stream()
        .filter(set -> !Json.deleting(set))
        .forEach(set -> replicate("daemonsets.apps", set, 1));
  }

  private void deploy(ObjectNode deployment) {
    String hash = PodTemplates.hash(Json.at(deployment, "spec", "template"));
    String name = Json.name(deployment) + "-" + hash;
    long replicas = Json.number(deployment, 1, "spec", "replicas");
    Optional<ObjectNode> current = world.find(REPLICA_SETS, Json.namespace(deployment), name);
    if (current.isEmpty()) {
      world.tryCreate(
          REPLICA_SETS, Json.namespace(deployment), set(deployment, name, hash), deployment);
      return;
    }
    boolean recreate = Json.text(deployment, "spec", "strategy", "type").equals("Recreate");
    boolean oldPods = false;
    for (ObjectNode set : world.list(REPLICA_SETS, Json.namespace(deployment))) {
      if (World.isOwnedBy(set, deployment) && !Json.name(set).equals(name)) {
        oldPods |= !pods(set).isEmpty();
        scale(set, 0);
      }
    }
    if (!(recreate && oldPods)) {
      scale(current.get(), replicas);
    }
    world.edit(DEPLOYMENTS, deployment, next -> status(next, current.get()));
  }

  private static ObjectNode set(ObjectNode deployment, String name, String hash) {
    ObjectNode set = World.owned(deployment, name);
    ObjectNode spec = set.putObject("spec");
    spec.put("replicas", Json.number(deployment, 1, "spec", "replicas"));
    spec.set("selector", Json.at(deployment, "spec", "selector").deepCopy());
    Json.child(Json.child(spec, "selector"), "matchLabels").put("pod-template-hash", hash);
    spec.set("template", Json.at(deployment, "spec", "template").deepCopy());
    ObjectNode labels = Json.child(Json.child(Json.child(spec, "template"), "metadata"), "labels");
    labels.put("pod-template-hash", hash);
    Json.meta(set).set("labels", labels.deepCopy());
    Json.child(Json.meta(set), "annotations").put("deployment.kubernetes.io/revision", "1");
    return set;
  }

  private void scale(ObjectNode set, long replicas) {
    world.edit(REPLICA_SETS, set, next -> Json.child(next, "spec").put("replicas", replicas));
  }

  private void status(ObjectNode deployment, ObjectNode set) {
    long wanted = Json.number(deployment, 1, "spec", "replicas");
    long ready = Json.number(set, 0, "status", "readyReplicas");
    ObjectNode status = Json.child(deployment, "status");
    status.put("observedGeneration", Json.number(deployment, 0, "metadata", "generation"));
    Replicas.put(status, Json.number(set, 0, "status", "replicas"), ready);
    status.put("updatedReplicas", Json.number(set, 0, "status", "replicas"));
    String value = ready >= wanted ? "True" : "False";
    ArrayNode old = Json.list(status, "conditions");
    if (old.size() == 2 && Json.text(old.get(0), "status").equals(value)) {
      return;
    }
    ArrayNode conditions = status.putArray("conditions");
    for (String type : List.of("Available", "Progressing")) {
      ObjectNode condition = conditions.addObject().put("type", type);
      condition.put("status", type.equals("Available") ? value : "True");
      boolean available = type.equals("Available");
      condition.put("reason", available ? "MinimumReplicasAvailable" : "NewReplicaSetAvailable");
      condition.put("lastTransitionTime", world.operations().now());
      condition.put("lastUpdateTime", world.operations().now());
    }
  }

  private List<ObjectNode> pods(ObjectNode set) {
    return world.list("pods", Json.namespace(set)).stream()
        .filter(pod -> World.isOwnedBy(pod, set))
        .filter(pod -> !PodVolumes.ended(pod))
        .toList();
  }

  private void replicate(String storage, ObjectNode set, long wanted) {
    List<ObjectNode> pods = pods(set);
    List<ObjectNode> alive = pods.stream().filter(pod -> !Json.deleting(pod)).toList();
    for (long i = alive.size(); i < wanted; i++) {
      String name = Json.name(set) + "-" + world.operations().randomText(5);
      if (!world.tryCreate("pods", Json.namespace(set), PodTemplates.pod(set, name), set)) {
        break;
      }
    }
    for (long i = wanted; i < alive.size(); i++) {
      world.delete("pods", alive.get((int) i));
    }
    world.edit(
        storage,
        set,
        next -> {
          ObjectNode status = Json.child(next, "status");
          status.put("observedGeneration", Json.number(next, 0, "metadata", "generation"));
          Replicas.put(status, alive.size(), PodTemplates.countReady(alive));
          if (storage.equals("daemonsets.apps")) {
            status.put("desiredNumberScheduled", 1).put("currentNumberScheduled", alive.size());
            status.put("numberReady", PodTemplates.countReady(alive));
          }
        });
  }
}
