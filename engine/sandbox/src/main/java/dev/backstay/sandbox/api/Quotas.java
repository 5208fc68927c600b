package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Resources;
import dev.backstay.sandbox.state.State;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// ResourceQuotas: counts of objects, requests and limits of pods, storage of claims.
public final class Quotas {

  private final State state;
  private final Resources resources;

  public Quotas(State state, Resources resources) {
    this.state = state;
    this.resources = resources;
  }

  void check(Resource resource, ObjectNode object) throws Refusal {
    for (ObjectNode quota :
        state.list(resources.get("resourcequotas"), orNone(Json.namespace(object)))) {
      for (Map.Entry<String, String> hard : Json.map(Json.at(quota, "spec", "hard")).entrySet()) {
        check(resource, object, quota, hard);
      }
    }
  }

  private void check(
      Resource resource, ObjectNode object, ObjectNode quota, Map.Entry<String, String> hard)
      throws Refusal {
    String what = hard.getKey();
    long asked = usage(resource, object, what);
    if (resource.storage().equals("pods") && asked == 0 && isCompute(what)) {
      throw Refusal.forbidden(
          resource,
          Json.name(object),
          "failed quota: " + Json.name(quota) + ": must specify " + what + " for: containers");
    }
    long used = used(Json.namespace(object), what);
    if (asked > 0 && used + asked > Quantity.milli(hard.getValue())) {
      String name = Json.name(quota);
      throw Refusal.forbidden(
          resource,
          Json.name(object),
          "exceeded quota: "
              + name
              + ", requested: "
              + (what + "=" + amount(asked))
              + ", used: "
              + (what + "=" + amount(used))
              + ", limited: "
              + (what + "=" + hard.getValue()));
    }
  }

  /// What is used in a namespace of everything that the quota limits.
  public Map<String, String> status(ObjectNode quota) {
    Map<String, String> result = new TreeMap<>();
    for (String what : Json.map(Json.at(quota, "spec", "hard")).keySet()) {
      result.put(what, amount(used(Json.namespace(quota), what)));
    }
    return result;
  }

  private long used(String namespace, String what) {
    long sum = 0;
    for (Resource resource : resources.all()) {
      if (resource.namespaced() && concerns(resource, what)) {
        for (ObjectNode object : state.list(resource, namespace)) {
          sum += usage(resource, object, what);
        }
      }
    }
    return sum;
  }

  private static boolean concerns(Resource resource, String what) {
    return resource.storage().equals("pods")
        || resource.storage().equals("persistentvolumeclaims")
        || what.equals(resource.storage())
        || what.equals("count/" + resource.storage());
  }

  /// In thousandths.
  private static long usage(Resource resource, JsonNode object, String what) {
    if (what.equals("count/" + resource.storage()) || what.equals(resource.storage())) {
      return 1000;
    }
    if (resource.storage().equals("persistentvolumeclaims")) {
      String byClass =
          Json.text(object, "spec", "storageClassName") + ".storageclass.storage.k8s.io/";
      if (what.equals("requests.storage") || what.equals(byClass + "requests.storage")) {
        return Quantity.milli(Json.text(object, "spec", "resources", "requests", "storage"));
      }
      return what.equals(byClass + "persistentvolumeclaims") ? 1000 : 0;
    }
    return resource.storage().equals("pods") && isCompute(what) ? compute(object, what) : 0;
  }

  private static long compute(JsonNode pod, String what) {
    String kind = what.startsWith("limits.") ? "limits" : "requests";
    String name = what.substring(what.indexOf('.') + 1);
    long sum = 0;
    for (JsonNode container : Json.at(pod, "spec", "containers")) {
      sum += Quantity.milli(Json.text(container, "resources", kind, name));
    }
    return sum;
  }

  private static boolean isCompute(String what) {
    String name = what.substring(what.indexOf('.') + 1);
    return name.equals("cpu") || name.equals("memory");
  }

  private static String amount(long milli) {
    return milli % 1000 == 0 ? Long.toString(milli / 1000) : milli + "m";
  }

  /// No namespace is no namespace, not all of them.
  private static String orNone(String namespace) {
    return namespace.isEmpty() ? "\0" : namespace;
  }
}
