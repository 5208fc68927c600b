package dev.backstay.cluster.apply.clean;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// APIServices that the API server keeps by itself stay out.
final class ApiServiceRule implements KindRule {

  @Override
  public @Nullable String leftOut(ObjectNode service, CleanContext context) {
    return ObjectFields.label(service, "kube-aggregator.kubernetes.io/automanaged").isEmpty()
        ? null
        : "kept by the API server itself";
  }

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    ClusterRules.service(object, context, "spec", "service");
  }
}
