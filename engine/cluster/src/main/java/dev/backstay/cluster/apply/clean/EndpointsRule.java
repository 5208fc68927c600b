package dev.backstay.cluster.apply.clean;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Endpoints are restored only if somebody wrote them by hand: for a Service without a selector.
final class EndpointsRule implements KindRule {

  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final String SERVICE = "kubernetes.io/service-name";

  private final String reason;

  EndpointsRule(String reason) {
    this.reason = reason;
  }

  @Override
  public @Nullable String leftOut(ObjectNode object, CleanContext context) {
    boolean made = !ObjectFields.label(object, "endpoints.kubernetes.io/managed-by").isEmpty();
    if (made || ObjectFields.label(object, MANAGED_BY).endsWith(".k8s.io")) {
      return reason;
    }
    String named = ObjectFields.label(object, SERVICE);
    String service = named.isEmpty() ? ObjectFields.name(object) : named;
    Optional<ObjectNode> found = context.set().find("", "Service", service);
    if (found.isEmpty()) {
      return "endpoints of a Service that is not in the restore point";
    }
    boolean api = ObjectFields.label(found.get(), "component").equals("apiserver");
    boolean selector = ObjectFields.object(found.get(), "spec", "selector").isPresent();
    return selector || api ? reason : null;
  }

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    ObjectFields.removeFrom(
        object,
        List.of("endpoints.kubernetes.io/last-change-trigger-time"),
        "metadata",
        "annotations");
  }
}
