package dev.backstay.sandbox.control;

import dev.backstay.sandbox.state.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pods from templates.
final class PodTemplates {

  private static final String DIGITS = "bcdfghjklmnpqrstvwxz2456789";

  private PodTemplates() {}

  static ObjectNode pod(ObjectNode owner, String name) {
    ObjectNode pod = World.owned(owner, name);
    JsonNode template = Json.at(owner, "spec", "template");
    for (String part : List.of("labels", "annotations")) {
      if (Json.has(template, "metadata", part)) {
        Json.meta(pod).set(part, Json.at(template, "metadata", part).deepCopy());
      }
    }
    pod.set("spec", template.path("spec").deepCopy());
    return pod;
  }

  /// Changes when the template does.
  static String hash(JsonNode template) {
    long rest = Integer.toUnsignedLong(template.hashCode()) * 2_654_435_761L;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      text.append(DIGITS.charAt((int) Math.floorMod(rest, (long) DIGITS.length())));
      rest /= DIGITS.length();
    }
    return text.toString();
  }

  static boolean ready(JsonNode pod) {
    for (JsonNode condition : Json.at(pod, "status", "conditions")) {
      if (Json.text(condition, "type").equals("Ready")) {
        return Json.text(condition, "status").equals("True") && !Json.deleting(pod);
      }
    }
    return false;
  }

  static long countReady(List<ObjectNode> pods) {
    return pods.stream().filter(PodTemplates::ready).count();
  }
}
