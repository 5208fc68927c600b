package dev.backstay.cluster.volumesnapshot;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.TimedOutException;
import java.time.Duration;
import java.util.Optional;

/// Waits until a PVC is bound, and says why it is not.
public final class ClaimReady {

  private static final ResourceType EVENT = ResourceType.core("events", "Event");

  private final ClusterConnection connection;
  private final TemporaryObject claim;

  public ClaimReady(ClusterConnection connection, TemporaryObject claim) {
    this.connection = connection;
    this.claim = claim;
  }

  /// @throws TimedOutException with the last warning of its events
  public void await(Duration atMost) {
    try {
      connection.await(
          claim.collection(),
          claim.name(),
          atMost,
          found ->
              found
                  .filter(pvc -> pvc.at("/status/phase").asString("").equals("Bound"))
                  .map(_ -> true));
    } catch (TimedOutException e) {
      throw new TimedOutException(
          "volumesnapshot.pvc-not-bound",
          "PVC " + claim.name() + " was not bound in " + atMost.toSeconds() + " s" + warning(),
          "look at the StorageClass and at the log of the driver's provisioner",
          e);
    }
  }

  private String warning() {
    Query about =
        Query.fields(
            "involvedObject.kind=PersistentVolumeClaim,type=Warning,involvedObject.name="
                + claim.name());
    Optional<String> last = Optional.empty();
    try {
      var events = connection.list(EVENT.path(claim.namespace()), about);
      while (events.hasNext()) {
        last = Optional.of(events.next().path("message").asString(""));
      }
    } catch (CancelledException e) {
      throw e;
    } catch (EngineException e) {
      return ""; // events may not be read
    }
    return last.map(text -> ": " + text).orElse("");
  }
}
