package dev.backstay.cluster.apply.clean;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Bare pods: mirror pods and ended ones stay out; what scheduler and admission added goes.
final class PodRule implements KindRule {

  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final List<String> ADDED =
      List.of("nodeName", "priority", "ephemeralContainers", "serviceAccount");

  @Override
  public @Nullable String leftOut(ObjectNode pod, CleanContext context) {
    if (ObjectFields.hasAnnotation(pod, MIRROR)) {
      return "a static pod: its node makes it";
    }
    return switch (ObjectFields.text(pod, "status", "phase")) {
      case "Succeeded", "Failed" -> "a pod that has ended";
      default -> null;
    };
  }

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    ObjectFields.object(object, "spec").ifPresent(spec -> spec(spec, object));
    if (ObjectFields.hasAnnotation(object, "sidecar.istio.io/status")) {
      notes.add("holds an injected sidecar, which the mesh may inject again");
    }
  }

  private static void spec(ObjectNode spec, ObjectNode pod) {
    if (!ObjectFields.text(spec, "serviceAccount").isEmpty() && !spec.has("serviceAccountName")) {
      spec.set("serviceAccountName", spec.get("serviceAccount"));
    }
    spec.remove(ADDED);
    String account = ObjectFields.text(spec, "serviceAccountName");
    Set<String> gone = new HashSet<>();
    ObjectFields.removeElements(spec, volume -> tokens(volume, account, gone), "volumes");
    for (String list : List.of("containers", "initContainers")) {
      for (ObjectNode container : ObjectFields.objects(spec, list)) {
        ObjectFields.removeElements(
            container, m -> gone.contains(ObjectFields.text(m, "name")), "volumeMounts");
      }
    }
    ObjectFields.removeFrom(
        pod,
        List.of("kubernetes.io/config.hash", "kubernetes.io/config.seen"),
        "metadata",
        "annotations");
  }

  private static boolean tokens(JsonNode volume, String account, Set<String> gone) {
    String name = ObjectFields.text(volume, "name");
    String secret = ObjectFields.text(volume, "secret", "secretName");
    boolean projected = name.startsWith("kube-api-access-") && volume.has("projected");
    boolean token = SecretRule.isTokenOf(secret, account.isEmpty() ? "default" : account);
    return (projected || token) && gone.add(name);
  }
}
