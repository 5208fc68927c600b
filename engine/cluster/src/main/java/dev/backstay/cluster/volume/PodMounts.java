package dev.backstay.cluster.volume;

import dev.backstay.cluster.mover.MoverUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which containers mount which PVC, and as whom they run.
public final class PodMounts {

  private final List<ObjectNode> pods;

  /// @param pods live ones, or as a restore point has them
  public PodMounts(List<ObjectNode> pods) {
    this.pods = List.copyOf(pods);
  }

  /// Where a running pod has a PVC.
  ///
  /// @param node where the pod runs
  /// @param path where the container has it
  record Mount(String pod, String node, String container, String path) {}

  Optional<Mount> running(String pvc) {
    return pods.stream()
        .filter(pod -> pod.at("/status/phase").asString("").equals("Running"))
        .flatMap(pod ->
            uses(pod, pvc)
                .filter(use -> use.mount().path("subPath").isMissingNode())
                .map(use ->
                    new Mount(
                        pod.at("/metadata/name").asString(""),
                        pod.at("/spec/nodeName").asString(""),
                        use.container().path("name").asString(""),
                        use.mount().path("mountPath").asString(""))))
        .findFirst();
  }

  /// As whom the application uses a PVC, if that is known and not root.
  public Optional<MoverUser> user(String pvc) {
    return pods.stream()
        .flatMap(pod -> uses(pod, pvc).flatMap(use -> user(pod, use.container()).stream()))
        .findFirst();
  }

  private record Use(JsonNode container, JsonNode mount) {}

  private static Stream<Use> uses(JsonNode pod, String pvc) {
    List<String> volumes = new ArrayList<>();
    for (JsonNode volume : pod.at("/spec/volumes")) {
      if (volume.at("/persistentVolumeClaim/claimName").asString("").equals(pvc)) {
        volumes.add(volume.path("name").asString(""));
      }
    }
    List<Use> uses = new ArrayList<>();
    for (JsonNode container : pod.at("/spec/containers")) {
      for (JsonNode mount : container.path("volumeMounts")) {
        if (volumes.contains(mount.path("name").asString(""))) {
          uses.add(new Use(container, mount));
        }
      }
    }
    return uses.stream();
  }

  private static Optional<MoverUser> user(JsonNode pod, JsonNode container) {
    JsonNode ofPod = pod.at("/spec/securityContext");
    JsonNode ofContainer = container.path("securityContext");
    JsonNode real = real(pod, container.path("name").asString(""));
    Long uid = first(ofContainer.path("runAsUser"), ofPod.path("runAsUser"), real.path("uid"));
    if (uid == null || uid == 0) {
      return Optional.empty();
    }
    Long gid = first(ofContainer.path("runAsGroup"), ofPod.path("runAsGroup"), real.path("gid"));
    List<Long> groups = new ArrayList<>();
    ofPod.path("supplementalGroups").forEach(group -> groups.add(group.asLong(0)));
    return Optional.of(
        new MoverUser(uid, gid == null ? 0 : gid, first(ofPod.path("fsGroup")), groups));
  }

  /// What the container runtime says, where it does (Kubernetes 1.31, KEP-3619): it knows the
  /// image's user too.
  private static JsonNode real(JsonNode pod, String container) {
    for (JsonNode status : pod.at("/status/containerStatuses")) {
      if (status.path("name").asString("").equals(container)) {
        return status.at("/user/linux");
      }
    }
    return pod.at("/status/none");
  }

  private static @Nullable Long first(JsonNode... numbers) {
    for (JsonNode number : numbers) {
      if (number.isIntegralNumber()) {
        return number.longValue();
      }
    }
    return null;
  }
}
