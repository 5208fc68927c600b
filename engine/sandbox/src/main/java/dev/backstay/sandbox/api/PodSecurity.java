package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The Pod Security standards, as far as movers can break them.
final class PodSecurity {

  private PodSecurity() {}

  static void check(Resource pods, ObjectNode pod, String level) throws Refusal {
    List<String> broken = new ArrayList<>();
    JsonNode spec = pod.path("spec");
    if (!level.equals("privileged")) {
      baseline(spec, broken);
    }
    if (level.equals("restricted")) {
      restricted(spec, broken);
    }
    if (!broken.isEmpty()) {
      throw Refusal.forbidden(
          pods,
          Json.name(pod),
          "violates PodSecurity \"" + level + ":latest\": " + String.join(", ", broken));
    }
  }

  private static void baseline(JsonNode spec, List<String> broken) {
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (Json.flag(spec, host)) {
        broken.add("host namespaces (" + host + "=true)");
      }
    }
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.has("hostPath")) {
        broken.add("hostPath volumes (volume \"" + Json.text(volume, "name") + "\")");
      }
    }
    for (JsonNode container : spec.path("containers")) {
      if (Json.flag(container, "securityContext", "privileged")) {
        broken.add(
            "privileged (container "
                + quoted(container)
                + " must not set securityContext.privileged=true)");
      }
    }
  }

  private static void restricted(JsonNode spec, List<String> broken) {
    JsonNode ofPod = spec.path("securityContext");
    for (JsonNode container : spec.path("containers")) {
      JsonNode own = container.path("securityContext");
      String name = "container " + quoted(container);
      if (own.path("allowPrivilegeEscalation").asBoolean(true)) {
        broken.add(
            "allowPrivilegeEscalation != false ("
                + name
                + " must set securityContext.allowPrivilegeEscalation=false)");
      }
      if (!Json.texts(Json.at(own, "capabilities", "drop")).contains("ALL")) {
        broken.add(
            "unrestricted capabilities ("
                + name
                + " must set securityContext.capabilities.drop=[\"ALL\"])");
      }
      if (!Json.flag(own, "runAsNonRoot") && !Json.flag(ofPod, "runAsNonRoot")) {
        broken.add(
            "runAsNonRoot != true (pod or "
                + name
                + " must set securityContext.runAsNonRoot=true)");
      }
      if (!Json.has(own, "seccompProfile") && !Json.has(ofPod, "seccompProfile")) {
        broken.add(
            "seccompProfile (pod or "
                + name
                + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
                + " \"Localhost\")");
      }
    }
  }

  private static String quoted(JsonNode container) {
    return "\"" + Json.text(container, "name") + "\"";
  }
}
