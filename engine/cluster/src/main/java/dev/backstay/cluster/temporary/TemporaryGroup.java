package dev.backstay.cluster.temporary;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.DeleteOptions;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.discovery.ServedTypes.ServedResource;
import dev.backstay.model.ForbiddenException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A VolumeGroupSnapshot and its members: the VolumeSnapshots that the snapshot controller makes
/// for it (KEP-3476). Members cannot be deleted before their group.
public final class TemporaryGroup {

  public static final String GROUP = "groupsnapshot.storage.k8s.io";

  private final ClusterConnection connection;
  private final TemporaryObject group;

  public TemporaryGroup(ClusterConnection connection, TemporaryObject group) {
    this.connection = connection;
    this.group = group;
  }

  /// The kind, in the version that the server prefers.
  public static Optional<ResourceType> type(ServedTypes types) {
    return types.byKind(GROUP, "VolumeGroupSnapshot").map(ServedResource::type);
  }

  /// The members there are now.
  public List<ObjectNode> members() {
    List<ObjectNode> members = new ArrayList<>();
    connection
        .list(TemporaryObject.VOLUME_SNAPSHOT.path(group.namespace()), Query.NONE)
        .forEachRemaining(snapshot -> {
          if (belongs(snapshot)) {
            members.add(snapshot);
          }
        });
    return members;
  }

  /// The owner is there from the beginning, the status a moment later.
  private boolean belongs(ObjectNode snapshot) {
    return snapshot.at("/status/volumeGroupSnapshotName").asString("").equals(group.name())
        || snapshot
            .at("/metadata/ownerReferences")
            .valueStream()
            .anyMatch(owner ->
                owner.path("kind").asString("").equals(group.type().kind())
                    && owner.path("name").asString("").equals(group.name()));
  }

  /// Removes it with its members and all that lies behind them, whatever the class says.
  public void remove(Creations creations, Duration atMost) {
    List<TemporaryObject> members = memberObjects();
    members.forEach(member -> TemporaryVolume.deleteContentWith(connection, member));
    TemporaryVolume.deleteGroupContentWith(connection, group);
    delete(members, creations, atMost);
  }

  /// Deletes it with its members; what lies behind them goes or stays as their contents say.
  ///
  /// @throws dev.backstay.model.TimedOutException if a finalizer holds one of them
  public void delete(Creations creations, Duration atMost) {
    delete(memberObjects(), creations, atMost);
  }

  /// The garbage collector would delete the members too, half a minute later.
  private void delete(List<TemporaryObject> members, Creations creations, Duration atMost) {
    group.remove(connection, creations, atMost);
    members.forEach(member -> connection.delete(member.path(), DeleteOptions.BACKGROUND));
    members.forEach(
        member -> connection.awaitGone(member.collection(), member.name(), null, atMost));
  }

  private List<TemporaryObject> memberObjects() {
    try {
      return members().stream()
          .map(member ->
              new TemporaryObject(
                  TemporaryObject.VOLUME_SNAPSHOT,
                  group.namespace(),
                  member.at("/metadata/name").asString("")))
          .toList();
    } catch (ForbiddenException e) {
      return List.of(); // the garbage collector finds them
    }
  }
}
