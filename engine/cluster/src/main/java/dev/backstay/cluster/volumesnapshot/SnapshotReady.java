package dev.backstay.cluster.volumesnapshot;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.model.TimedOutException;
import dev.backstay.model.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A VolumeSnapshot that a volume can be made from.
///
/// @param cut when it was cut, null if the driver does not say
/// @param restoreSize bytes that a volume made from it needs, 0 if the driver does not say
public record SnapshotReady(@Nullable Instant cut, long restoreSize) {

  /// Waits until it is ready.
  ///
  /// @throws UnreachableException if the driver says for a while that it cannot cut it
  /// @throws TimedOutException if it took too long
  public static SnapshotReady await(
      ClusterConnection connection, TemporaryObject snapshot, Duration atMost) {
    Watcher watcher = new Watcher(snapshot);
    try {
      return connection.await(snapshot.collection(), snapshot.name(), atMost, watcher::look);
    } catch (TimedOutException e) {
      if (e.code().equals(ClusterConnection.SILENT)) {
        throw e;
      }
      throw new TimedOutException(
          "volume.snapshot-not-ready",
          "VolumeSnapshot "
              + snapshot.name()
              + " was not ready in "
              + atMost.toSeconds()
              + " s"
              + watcher.error.tail(),
          "look at its VolumeSnapshotClass and at the log of the driver's snapshotter, or leave"
              + " this PVC out",
          e);
    }
  }

  /// Looks at the object after each change.
  private static final class Watcher {
    private final TemporaryObject snapshot;
    private final StandingError error = new StandingError();

    Watcher(TemporaryObject snapshot) {
      this.snapshot = snapshot;
    }

    Optional<SnapshotReady> look(Optional<ObjectNode> found) {
      if (found.isEmpty()) {
        return Optional.empty();
      }
      JsonNode status = found.get().path("status");
      if (status.path("readyToUse").asBoolean(false)) {
        String time = status.path("creationTime").asString("");
        return Optional.of(
            new SnapshotReady(
                time.isEmpty() ? null : Instant.parse(time),
                Quantity.bytes(status.path("restoreSize").asString("0"))));
      }
      if (error.stands(status.path("error").path("message").asString(""))) {
        throw new UnreachableException(
            "volume.snapshot-failed",
            "VolumeSnapshot " + snapshot.name() + " fails" + error.tail(),
            "look at its VolumeSnapshotClass and at the log of the driver's snapshotter, or leave"
                + " this PVC out");
      }
      return Optional.empty();
    }
  }
}
