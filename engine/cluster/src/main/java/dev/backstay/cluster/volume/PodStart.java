package dev.backstay.cluster.volume;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.model.TimedOutException;
import dev.backstay.model.UnreachableException;
import dev.backstay.model.UnsupportedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Waits for a mover pod, and says why it does not start.
final class PodStart {

  private static final Set<String> FATAL =
      Set.of(
          "ErrImageNeverPull",
          "ImagePullBackOff",
          "InvalidImageName",
          "CreateContainerConfigError",
          "CreateContainerError");

  private final ClusterConnection connection;
  private final TemporaryObject pod;
  private final ClaimTrouble trouble;
  private String lastReason = "";

  /// @param claim the PVC that it mounts
  PodStart(ClusterConnection connection, TemporaryObject pod, String claim) {
    this.connection = connection;
    this.pod = pod;
    this.trouble = new ClaimTrouble(connection, pod.namespace(), claim);
  }

  /// Returns when it runs.
  void await(Duration atMost) {
    try {
      connection.await(pod.collection(), pod.name(), atMost, this::look);
    } catch (TimedOutException e) {
      if (e.code().equals(ClusterConnection.SILENT)) {
        throw e;
      }
      throw new TimedOutException(
          "volume.mover-not-started",
          "mover pod "
              + pod.name()
              + " did not start in "
              + atMost.toSeconds()
              + " s"
              + (lastReason.isEmpty() ? "" : ": " + lastReason),
          "look at its events: kubectl describe pod -n " + pod.namespace() + " " + pod.name(),
          e);
    }
  }

  private Optional<Boolean> look(Optional<ObjectNode> found) {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    JsonNode status = found.get().path("status");
    String phase = status.path("phase").asString("");
    if (phase.equals("Failed") || phase.equals("Succeeded")) {
      throw new UnreachableException(
          "volume.mover-ended",
          "mover pod "
              + pod.name()
              + " ended: "
              + status.path("reason").asString(phase)
              + " "
              + status.path("message").asString(""),
          "run the job again");
    }
    JsonNode container = status.path("containerStatuses").path(0);
    if (!container.at("/state/running").isMissingNode()) {
      return Optional.of(true);
    }
    JsonNode waiting = container.at("/state/waiting");
    String reason = waiting.path("reason").asString("");
    if (FATAL.contains(reason)) {
      throw new UnsupportedException(
          "volume.mover-image",
          "mover pod " + pod.name() + ": " + reason + ": " + waiting.path("message").asString(""),
          "set another mover image or pull secrets in the settings");
    }
    String unscheduled = unscheduled(status);
    if (found.get().at("/spec/nodeName").asString("").isEmpty()) {
      trouble.look(unscheduled); // a claim that waits for its volume has no condition of the pod
    }
    lastReason = reason.isEmpty() ? unscheduled : reason;
    return Optional.empty();
  }

  private static String unscheduled(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("status").asString("").equals("False")
          && condition.path("type").asString("").equals("PodScheduled")) {
        return condition.path("message").asString("");
      }
    }
    return "";
  }
}
