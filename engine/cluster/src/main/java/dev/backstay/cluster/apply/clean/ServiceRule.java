package dev.backstay.cluster.apply.clean;

import dev.backstay.cluster.connection.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Addresses and ports that the cluster allocated go; those that somebody chose stay.
final class ServiceRule implements KindRule {

  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  @Override
  public @Nullable String leftOut(ObjectNode service, CleanContext context) {
    boolean api =
        ObjectFields.label(service, "component").equals("apiserver")
            && ObjectFields.label(service, "provider").equals("kubernetes");
    return api ? "the cluster's own API server" : null;
  }

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    ObjectFields.object(object, "spec")
        .ifPresent(spec -> spec(spec, applied(stored), context.options().keepNodePorts(), notes));
  }

  private static void spec(
      ObjectNode spec, JsonNode applied, boolean keepPorts, List<String> notes) {
    if (!ObjectFields.text(spec, "clusterIP").equals("None")) {
      spec.remove(List.of("clusterIP", "clusterIPs"));
      String chosen = ObjectFields.text(applied, "spec", "clusterIP");
      if (!chosen.isEmpty()) {
        notes.add("gets a new cluster IP instead of the chosen " + chosen);
      }
    }
    if (!applied.path("spec").has("healthCheckNodePort")) {
      spec.remove("healthCheckNodePort");
    }
    if (!keepPorts) {
      ObjectFields.objects(spec, "ports").stream()
          .filter(port -> !chosen(port, applied))
          .forEach(port -> port.remove("nodePort"));
    }
  }

  /// Whether the last `kubectl apply` named this port's nodePort.
  private static boolean chosen(ObjectNode port, JsonNode applied) {
    return ObjectFields.objects(applied, "spec", "ports").stream()
        .filter(a -> same(a, port))
        .anyMatch(a -> ObjectFields.number(a, 0, "nodePort") > 0);
  }

  private static boolean same(ObjectNode applied, ObjectNode port) {
    return ObjectFields.number(applied, 0, "port") == ObjectFields.number(port, 0, "port")
        && ObjectFields.text(applied, "name").equals(ObjectFields.text(port, "name"));
  }

  private static JsonNode applied(ObjectNode stored) {
    String text = ObjectFields.annotation(stored, APPLIED);
    try {
      return text.isEmpty() ? MissingNode.getInstance() : Json.MAPPER.readTree(text);
    } catch (JacksonException e) {
      return MissingNode.getInstance(); // anybody can write an annotation
    }
  }
}
