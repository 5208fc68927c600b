package dev.backstay.workflow.volumesnapshot;

import dev.backstay.model.VolumeSnapshotInfo;
import java.util.List;

/// A VolumeSnapshot that would be deleted.
///
/// @param snapshot which
/// @param effect what that means for its data
/// @param pvcs PVCs that were made from it
public record PlannedDeletion(VolumeSnapshotInfo snapshot, String effect, List<String> pvcs) {

  public PlannedDeletion {
    pvcs = List.copyOf(pvcs);
  }
}
