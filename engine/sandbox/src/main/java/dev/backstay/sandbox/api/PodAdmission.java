package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Resources;
import dev.backstay.sandbox.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Service account, LimitRange and Pod Security.
final class PodAdmission {

  private final State state;
  private final Resources resources;

  PodAdmission(State state, Resources resources) {
    this.state = state;
    this.resources = resources;
  }

  void create(Resource pods, ObjectNode pod) throws Refusal {
    serviceAccount(pods, pod);
    limits(pods, pod);
    Optional<ObjectNode> namespace =
        state.get(resources.get("namespaces"), "", Json.namespace(pod));
    if (namespace.isPresent()) {
      Map<String, String> labels = Json.labels(namespace.get());
      String level = labels.getOrDefault("pod-security.kubernetes.io/enforce", "privileged");
      PodSecurity.check(pods, pod, level);
    }
  }

  private void serviceAccount(Resource pods, ObjectNode pod) throws Refusal {
    ObjectNode spec = Json.child(pod, "spec");
    Json.byDefault(spec, "serviceAccountName", "default");
    String account = Json.text(spec, "serviceAccountName");
    spec.put("serviceAccount", account);
    String namespace = Json.namespace(pod);
    if (state.get(resources.get("serviceaccounts"), namespace, account).isEmpty()) {
      throw Refusal.forbidden(
          pods,
          Json.name(pod),
          "error looking up service account "
              + namespace
              + "/"
              + account
              + ": serviceaccount \""
              + account
              + "\" not found");
    }
  }

  private void limits(Resource pods, ObjectNode pod) throws Refusal {
    for (ObjectNode range : state.list(resources.get("limitranges"), Json.namespace(pod))) {
      for (JsonNode limit : Json.at(range, "spec", "limits")) {
        if (Json.text(limit, "type").equals("Container")) {
          for (JsonNode container : Json.at(pod, "spec", "containers")) {
            defaults((ObjectNode) container, limit);
            bounds(pods, pod, container, limit);
          }
        }
      }
    }
  }

  private static void defaults(ObjectNode container, JsonNode limit) {
    ObjectNode wanted = Json.child(container, "resources");
    copyMissing(limit.path("default"), Json.child(wanted, "limits"));
    copyMissing(limit.path("defaultRequest"), Json.child(wanted, "requests"));
    copyMissing(wanted.path("limits"), Json.child(wanted, "requests"));
  }

  private static void copyMissing(JsonNode from, ObjectNode to) {
    Json.map(from).forEach((name, amount) -> Json.byDefault(to, name, amount));
  }

  private static void bounds(Resource pods, ObjectNode pod, JsonNode container, JsonNode limit)
      throws Refusal {
    List<String> broken = new ArrayList<>();
    for (Map.Entry<String, String> min : Json.map(limit.path("min")).entrySet()) {
      String asked = Json.text(container, "resources", "requests", min.getKey());
      if (!asked.isEmpty() && Quantity.milli(asked) < Quantity.milli(min.getValue())) {
        broken.add(bound("minimum", min, asked, "request"));
      }
    }
    for (Map.Entry<String, String> max : Json.map(limit.path("max")).entrySet()) {
      String asked = Json.text(container, "resources", "limits", max.getKey());
      if (asked.isEmpty() || Quantity.milli(asked) > Quantity.milli(max.getValue())) {
        broken.add(bound("maximum", max, asked, "limit"));
      }
    }
    if (!broken.isEmpty()) {
      String why = broken.size() == 1 ? broken.getFirst() : broken.toString();
      throw Refusal.forbidden(pods, Json.name(pod), why);
    }
  }

  private static String bound(
      String which, Map.Entry<String, String> bound, String asked, String what) {
    return which
        + " "
        + bound.getKey()
        + " usage per Container is "
        + bound.getValue()
        + ", but "
        + (asked.isEmpty() ? "no " + what + " is specified" : what + " is " + asked);
  }
}
