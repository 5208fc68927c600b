package dev.backstay.sandbox.control;

import dev.backstay.sandbox.state.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a pod mounts.
public final class PodVolumes {

  private PodVolumes() {}

  /// The names of the claims that a pod uses.
  public static List<String> claims(JsonNode pod) {
    List<String> names = new ArrayList<>();
    for (JsonNode volume : Json.at(pod, "spec", "volumes")) {
      if (volume.has("persistentVolumeClaim")) {
        names.add(Json.text(volume, "persistentVolumeClaim", "claimName"));
      }
    }
    return names;
  }

  static boolean ended(JsonNode pod) {
    String phase = Json.text(pod, "status", "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }
}
