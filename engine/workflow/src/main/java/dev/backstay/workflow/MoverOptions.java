package dev.backstay.workflow;

import dev.backstay.cluster.mover.MoverSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How the user wants mover pods to be made; null and empty mean the default.
///
/// @param image has busybox or coreutils, tar and a shell
/// @param pullPolicy `IfNotPresent`, `Always` or `Never`
/// @param pullSecrets names of Secrets in the application's namespace
/// @param nodeSelector labels of nodes
/// @param tolerations each as in a pod's spec
/// @param requests resources by name
/// @param limits resources by name
public record MoverOptions(
    @Nullable String image,
    @Nullable String pullPolicy,
    List<String> pullSecrets,
    Map<String, String> nodeSelector,
    List<Map<String, String>> tolerations,
    Map<String, String> requests,
    Map<String, String> limits) {

  public static final MoverOptions DEFAULT =
      new MoverOptions(null, null, List.of(), Map.of(), List.of(), Map.of(), Map.of());

  /// As the cluster room takes them.
  public MoverSettings settings() {
    MoverSettings standard = MoverSettings.DEFAULT;
    Map<String, JsonNode> resources = new HashMap<>();
    if (!requests.isEmpty()) {
      resources.put("requests", object(requests));
    }
    if (!limits.isEmpty()) {
      resources.put("limits", object(limits));
    }
    return new MoverSettings(
        image == null ? standard.image() : image,
        pullPolicy == null ? standard.pullPolicy() : pullPolicy,
        pullSecrets,
        tolerations.stream().<JsonNode>map(MoverOptions::toleration).toList(),
        nodeSelector,
        resources,
        standard.readyTimeout());
  }

  private static ObjectNode toleration(Map<String, String> map) {
    ObjectNode node = object(map);
    String seconds = map.get("tolerationSeconds");
    return seconds == null ? node : node.put("tolerationSeconds", Long.parseLong(seconds));
  }

  private static ObjectNode object(Map<String, String> map) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    map.forEach(node::put);
    return node;
  }
}
