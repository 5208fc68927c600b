package dev.backstay.cluster.manifest;

import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.discovery.ServedTypes.ServedResource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What never belongs into a restore point, because the cluster makes it by itself or because it is
/// about one moment. Everything else is kept, also what a restore leaves out later.
final class LeftOut {

  private static final Map<String, String> KINDS =
      Map.of(
          "events", "events are about the past",
          "events.events.k8s.io", "events are about the past",
          "leases.coordination.k8s.io", "leases belong to running processes",
          "backups.velero.io", "Velero's records of its own storage",
          "restores.velero.io", "Velero's records of its own storage",
          "backuprepositories.velero.io", "Velero's records of its own storage",
          "podvolumebackups.velero.io", "Velero's records of its own storage",
          "podvolumerestores.velero.io", "Velero's records of its own storage");

  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private LeftOut() {}

  /// Why a whole kind is left out; empty if it is not.
  static Optional<String> kind(ServedResource resource) {
    if (!resource.verbs().contains("create")) {
      return Optional.of("objects of this kind cannot be created");
    }
    return Optional.ofNullable(KINDS.get(resource.type().qualifiedPlural()));
  }

  /// Why an object is left out; empty if it is not.
  static Optional<String> object(ResourceType type, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    JsonNode labels = metadata.path("labels");
    if (labels.has(ManifestReader.TEMPORARY_LABEL)) {
      return Optional.of("a temporary object of a Backstay job");
    }
    return switch (type.qualifiedPlural()) {
      case "pods" -> pod(object, metadata);
      case "endpoints" ->
          labels.has("endpoints.kubernetes.io/managed-by")
              ? Optional.of("the cluster makes it from its Service")
              : Optional.empty();
      case "endpointslices.discovery.k8s.io" ->
          labels.path("endpointslice.kubernetes.io/managed-by").asString("").endsWith(".k8s.io")
              ? Optional.of("the cluster makes it from its Service")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<String> pod(JsonNode pod, JsonNode metadata) {
    if (metadata.path("annotations").has("kubernetes.io/config.mirror")) {
      return Optional.of("a static pod's mirror");
    }
    return ENDED.contains(pod.path("status").path("phase").asString(""))
        ? Optional.of("a pod that has ended")
        : Optional.empty();
  }
}
