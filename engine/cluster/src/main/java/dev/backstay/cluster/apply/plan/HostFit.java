package dev.backstay.cluster.apply.plan;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.model.EngineException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Notes on Ingresses whose host another namespace serves already: two answer for one name.
final class HostFit {

  private static final ResourceType INGRESS =
      ResourceType.namespaced("networking.k8s.io", "v1", "ingresses", "Ingress");

  private HostFit() {}

  static List<PlannedManifest> check(
      ClusterConnection connection, String namespace, List<PlannedManifest> objects) {
    if (objects.stream().noneMatch(HostFit::leads)) {
      return objects;
    }
    Map<String, String> taken = taken(connection, namespace);
    return objects.stream().map(o -> leads(o) ? check(o, taken) : o).toList();
  }

  private static boolean leads(PlannedManifest object) {
    return object.key().kind().equals("Ingress") && object.action() == ObjectAction.CREATE;
  }

  private static PlannedManifest check(PlannedManifest object, Map<String, String> taken) {
    PlannedManifest checked = object;
    for (ObjectNode rule :
        ObjectFields.objects(java.util.Objects.requireNonNull(object.object()), "spec", "rules")) {
      String host = ObjectFields.text(rule, "host");
      if (taken.containsKey(host)) {
        checked = checked.noted("host " + host + " is served already by " + taken.get(host));
      }
    }
    return checked;
  }

  private static Map<String, String> taken(ClusterConnection connection, String namespace) {
    Map<String, String> hosts = new HashMap<>();
    try {
      Iterator<ObjectNode> all = connection.list(INGRESS.path(), Query.NONE);
      while (all.hasNext()) {
        ObjectNode ingress = all.next();
        String where = ObjectFields.text(ingress, "metadata", "namespace");
        for (ObjectNode rule : ObjectFields.objects(ingress, "spec", "rules")) {
          String host = ObjectFields.text(rule, "host");
          if (!where.equals(namespace) && !host.isEmpty()) {
            hosts.put(host, where + "/" + ObjectFields.name(ingress));
          }
        }
      }
    } catch (EngineException e) {
      hosts.clear(); // only who may look at all namespaces can be told
    }
    return hosts;
  }
}
