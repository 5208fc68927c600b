package dev.backstay.cluster.volumesnapshot;

import dev.backstay.cluster.apply.ready.Poll;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.temporary.TemporaryGroup;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.TimedOutException;
import dev.backstay.model.UnreachableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Waits for a VolumeGroupSnapshot, and finds the VolumeSnapshot that it made of each PVC.
public final class GroupReady {

  private static final Duration POLL = Duration.ofMillis(300);

  private final ClusterConnection connection;
  private final TemporaryObject group;
  private final CancelToken cancel;
  private final StandingError error = new StandingError();

  public GroupReady(ClusterConnection connection, TemporaryObject group, CancelToken cancel) {
    this.connection = connection.under(cancel);
    this.cancel = cancel;
    this.group = group;
  }

  /// Returns when the controller has looked up which PVCs belong to it and asked the driver.
  public void awaitBound(Duration atMost) {
    await("boundVolumeGroupSnapshotContentName", atMost);
  }

  /// Returns when it and its members are ready.
  ///
  /// @param pvcs of which it was to be taken
  /// @return the names of its VolumeSnapshots by PVC
  /// @throws UnreachableException if the driver says for a while that it cannot take it
  /// @throws ConflictException if it was taken of other PVCs
  public Map<String, String> await(Set<String> pvcs, Duration atMost) {
    await("readyToUse", atMost);
    // the snapshot controller makes the group ready before it has made all members
    Poll.until(
        atMost,
        POLL,
        cancel,
        () -> Optional.of(members()).filter(members -> members.size() >= pvcs.size()));
    Map<String, String> members = members();
    for (String name : members.values()) {
      SnapshotReady.await(
          connection,
          new TemporaryObject(TemporaryObject.VOLUME_SNAPSHOT, group.namespace(), name),
          atMost);
    }
    if (!members.keySet().equals(pvcs)) {
      throw new ConflictException(
          "volumesnapshot.other-members",
          "VolumeGroupSnapshot "
              + group.name()
              + " was taken of the PVCs "
              + members.keySet()
              + " instead of "
              + pvcs,
          "a label changed meanwhile; try again, or take them one by one");
    }
    return members;
  }

  private Map<String, String> members() {
    Map<String, String> members = new TreeMap<>();
    for (ObjectNode member : new TemporaryGroup(connection, group).members()) {
      members.put(
          member.at("/spec/source/persistentVolumeClaimName").asString(""),
          member.at("/metadata/name").asString(""));
    }
    return members;
  }

  private void await(String field, Duration atMost) {
    try {
      connection.await(group.collection(), group.name(), atMost, found -> look(found, field));
    } catch (TimedOutException e) {
      throw new TimedOutException(
          "volumesnapshot.group-not-ready",
          "VolumeGroupSnapshot "
              + group.name()
              + " was not ready in "
              + atMost.toSeconds()
              + " s"
              + error.tail(),
          "look at the snapshot controller, or take the PVCs one by one",
          e);
    }
  }

  private Optional<Boolean> look(Optional<ObjectNode> found, String field) {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    JsonNode status = found.get().path("status");
    JsonNode wanted = status.path(field);
    if (wanted.isString() || wanted.asBoolean(false)) {
      return Optional.of(true);
    }
    if (error.stands(status.path("error").path("message").asString(""))) {
      throw new UnreachableException(
          "volumesnapshot.group-failed",
          "VolumeGroupSnapshot " + group.name() + " fails" + error.tail(),
          "look at its VolumeGroupSnapshotClass and at the log of the driver's snapshotter, or take"
              + " the PVCs one by one");
    }
    return Optional.empty();
  }
}
