package dev.backstay.cluster.volumesnapshot;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.VolumeSnapshotInfo;
import java.util.Optional;

/// What stands in VolumeSnapshotContents.
public final class Contents {

  private static final ResourceType CONTENT =
      ResourceType.clusterScoped(
          "snapshot.storage.k8s.io", "v1", "volumesnapshotcontents", "VolumeSnapshotContent");

  private Contents() {}

  /// `Filesystem` or `Block`, as the volume was that a VolumeSnapshot was cut from; empty if it is
  /// not known.
  public static Optional<String> volumeMode(
      ClusterConnection connection, VolumeSnapshotInfo snapshot) {
    if (snapshot.content().isEmpty()) {
      return Optional.empty();
    }
    try {
      String mode =
          connection
              .get(CONTENT.path("", snapshot.content()))
              .at("/spec/sourceVolumeMode")
              .asString("");
      return Optional.of(mode).filter(text -> !text.isEmpty());
    } catch (ForbiddenException | NotFoundException e) {
      return Optional.empty();
    }
  }
}
