package dev.backstay.workflow.restore;

import dev.backstay.model.CancelToken;
import dev.backstay.model.RestorePoint;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;

/// What a part of a restore point amounts to, before there is a plan.
///
/// @param files files, folders and links in volumes
/// @param bytes plain bytes of the files
/// @param manifests objects
public record ChosenParts(long files, long bytes, long manifests) {

  public static final ChosenParts NOTHING = new ChosenParts(0, 0, 0);

  /// Everything in it.
  public static ChosenParts all(RestorePoint point) {
    return new ChosenParts(
        point.volumes().stream().mapToLong(RestorePoint.Volume::files).sum(),
        point.volumes().stream().mapToLong(RestorePoint.Volume::bytes).sum(),
        point.manifests());
  }

  /// Reads what is chosen; may wait.
  ///
  /// @param only as [RestoreRequest#only()], not empty
  /// @throws dev.backstay.model.InvalidInputException if an entry is none
  public static ChosenParts of(
      RepositorySession session, RestorePoint point, List<String> only, CancelToken cancel) {
    Selection selection = Selection.of(only);
    Snapshot snapshot = session.repository().snapshot(point.id());
    long manifests =
        StoredManifests.read(session.repository(), snapshot, cancel).objects().stream()
            .filter(object -> selection.names(object.key()))
            .count();
    long files = 0;
    long bytes = 0;
    for (RestorePoint.Volume volume : point.volumes()) {
      if (!selection.namesVolume(volume.pvc())) {
        continue;
      }
      VolumePaths paths = selection.paths(volume.pvc(), only);
      if (paths.whole()) {
        files += volume.files();
        bytes += volume.bytes();
      } else {
        VolumeTree tree =
            new VolumeTree(session.repository(), snapshot, volume.pvc(), paths, cancel);
        files += tree.files(paths);
        bytes += tree.bytes();
      }
    }
    return new ChosenParts(files, bytes, manifests);
  }
}
