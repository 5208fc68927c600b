package dev.backstay.cluster.apply.clean;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Kubernetes' own roles stay out; an aggregated role gets its rules from others.
final class ClusterRoleRule implements KindRule {

  static @Nullable String ofTheCluster(ObjectNode object) {
    return ObjectFields.label(object, "kubernetes.io/bootstrapping").isEmpty()
        ? null
        : "made by the API server";
  }

  @Override
  public @Nullable String leftOut(ObjectNode role, CleanContext context) {
    return ofTheCluster(role);
  }

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    if (object.has("aggregationRule")) {
      object.remove("rules");
    }
  }
}
