package dev.backstay.cluster.volume;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.volumesnapshot.StandingError;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.UnreachableException;
import java.util.Iterator;
import tools.jackson.databind.node.ObjectNode;

/// What keeps a claim from getting its volume. Only events tell, and the scheduler.
final class ClaimTrouble {

  private static final ResourceType EVENT = ResourceType.core("events", "Event");
  private static final String NO_VOLUME = "persistent volumes to bind";

  private final ClusterConnection connection;
  private final String namespace;
  private final String claim;
  private final StandingError error = new StandingError();

  ClaimTrouble(ClusterConnection connection, String namespace, String claim) {
    this.connection = connection;
    this.namespace = namespace;
    this.claim = claim;
  }

  /// Looks again, while the pod that mounts it is not scheduled.
  ///
  /// @param scheduler what the scheduler says
  /// @throws UnreachableException if the trouble stood for a while
  void look(String scheduler) {
    String warning = warning();
    if (error.stands(warning.isEmpty() && scheduler.contains(NO_VOLUME) ? scheduler : warning)) {
      throw new UnreachableException(
          VolumeWriter.NO_VOLUME,
          "PVC " + claim + " gets no volume" + error.tail(),
          "look at its StorageClass and at the log of the driver's provisioner, or restore into"
              + " another class with --class-map");
    }
  }

  /// The newest warning about the claim, empty if there is none or events may not be read.
  private String warning() {
    Query about =
        Query.fields(
            "involvedObject.kind=PersistentVolumeClaim,type=Warning,involvedObject.name=" + claim);
    String newest = "";
    try {
      Iterator<ObjectNode> events = connection.list(EVENT.path(namespace), about);
      while (events.hasNext()) {
        newest = events.next().path("message").asString("");
      }
    } catch (ForbiddenException e) {
      return "";
    }
    return newest;
  }
}
