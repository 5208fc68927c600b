package dev.backstay.sandbox.control;

import dev.backstay.sandbox.state.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// StatefulSets: claims and pods by number, one after the other.
final class StatefulSets implements Controller {

  private static final String ALL = "statefulsets.apps";
  private static final String REVISION = "controller-revision-hash";

  private final World world;

  StatefulSets(World world) {
    this.world = world;
  }

  @Override
  public void run() {
    world.list(ALL).stream().filter(set -> !Json.deleting(set)).forEach(this::look);
  }

  private void look(ObjectNode set) {
    int wanted = (int) Json.number(set, 1, "spec", "replicas");
    String hash = PodTemplates.hash(Json.at(set, "spec", "template"));
    boolean parallel = Json.text(set, "spec", "podManagementPolicy").equals("Parallel");
    List<ObjectNode> pods = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      Optional<ObjectNode> pod = ensure(set, i, hash);
      pod.ifPresent(pods::add);
      if (!parallel && (pod.isEmpty() || !PodTemplates.ready(pod.get()))) {
        break;
      }
    }
    shrink(set, wanted);
    world.edit(ALL, set, next -> status(next, pods, hash));
  }

  private Optional<ObjectNode> ensure(ObjectNode set, int number, String hash) {
    String name = Json.name(set) + "-" + number;
    Optional<ObjectNode> pod = world.find("pods", Json.namespace(set), name);
    if (pod.isPresent()) {
      boolean old = !Json.labels(pod.get()).getOrDefault(REVISION, "").endsWith(hash);
      boolean ours = World.isOwnedBy(pod.get(), set);
      if (ours && (old || PodVolumes.ended(pod.get())) && !Json.deleting(pod.get())) {
        world.delete("pods", pod.get());
      }
      return ours ? pod : Optional.empty();
    }
    for (JsonNode template : Json.at(set, "spec", "volumeClaimTemplates")) {
      if (!claim(set, (ObjectNode) template, number)) {
        return Optional.empty();
      }
    }
    world.tryCreate("pods", Json.namespace(set), pod(set, name, number, hash), set);
    return world.find("pods", Json.namespace(set), name);
  }

  private boolean claim(ObjectNode set, ObjectNode template, int number) {
    String name = Json.name(template) + "-" + Json.name(set) + "-" + number;
    Optional<ObjectNode> there = world.find("persistentvolumeclaims", Json.namespace(set), name);
    if (there.isPresent()) {
      return !Json.deleting(there.get());
    }
    ObjectNode claim = template.deepCopy();
    claim.remove("status");
    Json.meta(claim).put("name", name);
    ObjectNode labels = Json.child(Json.meta(claim), "labels");
    Json.map(Json.at(set, "spec", "selector", "matchLabels")).forEach(labels::put);
    String retention =
        Json.text(set, "spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted");
    if (retention.equals("Delete")) {
      JsonNode owners = Json.at(World.owned(set, name), "metadata", "ownerReferences");
      Json.meta(claim).set("ownerReferences", owners);
    }
    return world.tryCreate("persistentvolumeclaims", Json.namespace(set), claim, set);
  }

  private static ObjectNode pod(ObjectNode set, String name, int number, String hash) {
    ObjectNode pod = PodTemplates.pod(set, name);
    ObjectNode labels = Json.child(Json.meta(pod), "labels");
    labels.put("apps.kubernetes.io/pod-index", Integer.toString(number));
    labels.put(REVISION, Json.name(set) + "-" + hash);
    labels.put("statefulset.kubernetes.io/pod-name", name);
    ObjectNode spec = Json.child(pod, "spec");
    spec.put("hostname", name).put("subdomain", Json.text(set, "spec", "serviceName"));
    ArrayNode volumes = Json.list(spec, "volumes");
    for (JsonNode template : Json.at(set, "spec", "volumeClaimTemplates")) {
      ObjectNode volume = volumes.addObject().put("name", Json.name(template));
      String claim = Json.name(template) + "-" + Json.name(set) + "-" + number;
      volume.putObject("persistentVolumeClaim").put("claimName", claim);
    }
    return pod;
  }

  private void shrink(ObjectNode set, int wanted) {
    for (ObjectNode pod : world.list("pods", Json.namespace(set))) {
      if (World.isOwnedBy(pod, set) && !Json.deleting(pod)) {
        String name = Json.name(pod);
        int number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
        if (number >= wanted) {
          world.delete("pods", pod);
        }
      }
    }
  }

  private static void status(ObjectNode set, List<ObjectNode> pods, String hash) {
    ObjectNode status = Json.child(set, "status");
    status.put("observedGeneration", Json.number(set, 0, "metadata", "generation"));
    Replicas.put(status, pods.size(), PodTemplates.countReady(pods));
    Json.byDefault(status, "availableReplicas", 0);
    status.put("currentReplicas", pods.size()).put("updatedReplicas", pods.size());
    status.put("currentRevision", Json.name(set) + "-" + hash);
    status.put("updateRevision", Json.name(set) + "-" + hash);
    status.put("collisionCount", 0);
  }
}
