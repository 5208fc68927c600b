package dev.backstay.cluster.apply.clean;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Cluster-scoped objects that point into a namespace.
final class ClusterRules {

  private static final Set<String> ALLOWED = Set.of("None", "NoneOnDryRun");

  private ClusterRules() {}

  static void webhooks(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    for (ObjectNode webhook : ObjectFields.objects(object, "webhooks")) {
      service(webhook, context, "clientConfig", "service");
      if (!ALLOWED.contains(ObjectFields.text(webhook, "sideEffects"))) {
        webhook.put("sideEffects", "None");
        notes.add("webhook " + ObjectFields.text(webhook, "name") + " now claims no side effects");
      }
    }
  }

  static void service(ObjectNode object, CleanContext context, String... path) {
    ObjectFields.object(object, path)
        .filter(s -> context.options().from().equals(ObjectFields.text(s, "namespace")))
        .ifPresent(s -> s.put("namespace", context.options().to()));
  }
}
