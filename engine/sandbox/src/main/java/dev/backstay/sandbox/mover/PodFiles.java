package dev.backstay.sandbox.mover;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Resources;
import dev.backstay.sandbox.state.State;
import dev.backstay.sandbox.volume.Volumes;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where the folders lie that a container mounts.
public final class PodFiles {

  private final State state;
  private final Resources resources;
  private final Volumes volumes;

  public PodFiles(State state, Resources resources, Volumes volumes) {
    this.state = state;
    this.resources = resources;
    this.volumes = volumes;
  }

  /// The folder here that is `path` in the container; empty if no claim is mounted there.
  public Optional<Path> find(ObjectNode pod, String container, String path) {
    for (JsonNode one : Json.at(pod, "spec", "containers")) {
      if (container.isEmpty() || Json.text(one, "name").equals(container)) {
        return find(pod, one, path);
      }
    }
    return Optional.empty();
  }

  private Optional<Path> find(ObjectNode pod, JsonNode container, String path) {
    for (JsonNode mount : container.path("volumeMounts")) {
      String at = Json.text(mount, "mountPath").replaceAll("/+$", "");
      if (path.equals(at) || path.startsWith(at + "/")) {
        String below = Json.text(mount, "subPath") + "/" + path.substring(at.length());
        return claim(pod, Json.text(mount, "name"))
            .map(folder -> folder.resolve(below.replaceAll("^/+|/+$", "").replaceAll("//+", "/")))
            .map(Path::normalize);
      }
    }
    return Optional.empty();
  }

  private Optional<Path> claim(ObjectNode pod, String volumeName) {
    for (JsonNode volume : Json.at(pod, "spec", "volumes")) {
      String claim = Json.text(volume, "persistentVolumeClaim", "claimName");
      if (Json.text(volume, "name").equals(volumeName) && !claim.isEmpty()) {
        return folder(Json.namespace(pod), claim);
      }
    }
    return Optional.empty();
  }

  /// Whether this very pod is still there.
  boolean exists(ObjectNode pod) {
    return state
        .get(resources.get("pods"), Json.namespace(pod), Json.name(pod))
        .filter(live -> Json.uid(live).equals(Json.uid(pod)))
        .isPresent();
  }

  /// The folder of a bound claim.
  public Optional<Path> folder(String namespace, String claim) {
    return state
        .get(resources.get("persistentvolumeclaims"), namespace, claim)
        .flatMap(c ->
            state.get(resources.get("persistentvolumes"), "", Json.text(c, "spec", "volumeName")))
        .map(volume -> Json.text(volume, "spec", "csi", "volumeHandle"))
        .filter(handle -> !handle.isEmpty())
        .map(volumes::folder);
  }
}
