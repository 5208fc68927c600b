package dev.backstay.cluster.temporary;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.PatchType;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Sees to it that what lies behind temporary objects goes with them, in classes that would retain
/// it too.
public final class TemporaryVolume {

  private static final ResourceType PV =
      ResourceType.clusterScoped("", "v1", "persistentvolumes", "PersistentVolume");
  private static final ResourceType CONTENT =
      ResourceType.clusterScoped(
          "snapshot.storage.k8s.io", "v1", "volumesnapshotcontents", "VolumeSnapshotContent");
  private static final Duration GONE = Duration.ofMinutes(2);

  private TemporaryVolume() {}

  /// Lets the PV of a claim be deleted with it, whatever its class says.
  public static void deleteWithClaim(ClusterConnection connection, TemporaryObject claim) {
    try {
      String volume = connection.get(claim.path()).at("/spec/volumeName").asString("");
      if (!volume.isEmpty()
          && !policy(connection, PV.path("", volume), "persistentVolumeReclaimPolicy")
              .equals("Delete")) {
        patch(connection, PV.path("", volume), "persistentVolumeReclaimPolicy");
      }
    } catch (EngineException e) {
      // Without rights on PVs only a class that deletes is clean; release() reports what stays.
    }
  }

  /// Removes the claim, then waits for its PV to go.
  ///
  /// @param removeClaim adds to `left` what it could not do; the PV is not waited for then
  public static void forget(
      ClusterConnection connection,
      TemporaryObject claim,
      List<ItemFailure> left,
      Runnable removeClaim) {
    deleteWithClaim(connection, claim);
    String volume = volume(connection, claim);
    int failures = left.size();
    removeClaim.run();
    if (volume.isEmpty() || left.size() > failures) {
      return;
    }
    try {
      if (connection.find(PV.path("", volume)).isPresent()) {
        connection.awaitGone(PV.path(), volume, null, GONE);
      }
    } catch (dev.backstay.model.ForbiddenException e) {
      // cannot be looked at, so cannot be waited for
    } catch (EngineException e) {
      left.add(ItemFailure.of("persistentvolumes/" + volume, e));
    }
  }

  /// What hinders to look at the claim hinders its removal too, or is not needed for it.
  private static String volume(ClusterConnection connection, TemporaryObject claim) {
    try {
      return connection
          .find(claim.path())
          .map(found -> found.at("/spec/volumeName").asString(""))
          .orElse("");
    } catch (EngineException e) {
      return "";
    }
  }

  /// Lets the snapshot in the storage be deleted with its VolumeSnapshot, whatever its class says.
  public static void deleteContentWith(ClusterConnection connection, TemporaryObject snapshot) {
    deleteContentWith(connection, snapshot, CONTENT, "boundVolumeSnapshotContentName");
  }

  /// The same for the content of a VolumeGroupSnapshot.
  static void deleteGroupContentWith(ClusterConnection connection, TemporaryObject group) {
    ResourceType content =
        ResourceType.clusterScoped(
            group.type().group(),
            group.type().version(),
            "volumegroupsnapshotcontents",
            "VolumeGroupSnapshotContent");
    deleteContentWith(connection, group, content, "boundVolumeGroupSnapshotContentName");
  }

  private static void deleteContentWith(
      ClusterConnection connection, TemporaryObject object, ResourceType type, String bound) {
    try {
      String content =
          connection.find(object.path()).map(o -> o.at("/status/" + bound).asString("")).orElse("");
      if (!content.isEmpty()
          && !policy(connection, type.path("", content), "deletionPolicy").equals("Delete")) {
        patch(connection, type.path("", content), "deletionPolicy");
      }
    } catch (EngineException e) {
      // without the right to patch contents a class that retains retains
    }
  }

  private static String policy(ClusterConnection connection, String path, String field) {
    return connection.get(path).path("spec").path(field).asString("");
  }

  private static void patch(ClusterConnection connection, String path, String field) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("spec").put(field, "Delete");
    connection.patch(path, PatchType.MERGE, patch, WriteMode.APPLY);
  }
}
