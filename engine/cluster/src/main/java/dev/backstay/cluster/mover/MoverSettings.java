package dev.backstay.cluster.mover;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// How mover pods are made.
///
/// @param image has busybox or coreutils, tar and a shell
/// @param pullPolicy `IfNotPresent`, `Always` or `Never`
/// @param pullSecrets names of Secrets in the application's namespace
/// @param tolerations as in a pod's spec
/// @param nodeSelector as in a pod's spec
/// @param resources as in a container's spec; empty for none
/// @param readyTimeout how long a VolumeSnapshot, a PVC or a pod may take
public record MoverSettings(
    String image,
    String pullPolicy,
    List<String> pullSecrets,
    List<JsonNode> tolerations,
    Map<String, String> nodeSelector,
    Map<String, JsonNode> resources,
    Duration readyTimeout) {

  public static final MoverSettings DEFAULT =
      new MoverSettings(
          "busybox",
          "IfNotPresent",
          List.of(),
          List.of(),
          Map.of(),
          Map.of(),
          Duration.ofMinutes(10));

  public MoverSettings {
    pullSecrets = List.copyOf(pullSecrets);
    tolerations = List.copyOf(tolerations);
    nodeSelector = Map.copyOf(nodeSelector);
    resources = Map.copyOf(resources);
  }
}
