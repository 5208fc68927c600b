package dev.backstay.workflow.maintenance;

import dev.backstay.workflow.repository.SnapshotInfo;
import java.util.List;

/// How much a repository holds.
///
/// @param total of all snapshots together
/// @param points each snapshot, oldest first
/// @param volumes each PVC over all its restore points
/// @param packs bytes of all packs, also of what no snapshot refers to any more
public record UsageInfo(
    AmountsInfo total, List<PointUsage> points, List<VolumeUsage> volumes, long packs) {

  /// @param files how many
  /// @param logical bytes that a restore writes
  /// @param unique plain bytes of different blobs
  /// @param stored the same, compressed and sealed
  /// @param own stored bytes that nothing else shares
  /// @param dataBlobs different pieces of files
  /// @param treeBlobs different folders
  /// @param compression how many plain bytes one stored byte stands for
  public record AmountsInfo(
      long files,
      long logical,
      long unique,
      long stored,
      long own,
      long dataBlobs,
      long treeBlobs,
      double compression) {}

  /// @param snapshot the restore point
  public record PointUsage(SnapshotInfo snapshot, AmountsInfo amounts) {}

  /// @param namespace of the PVC
  /// @param volume its name
  /// @param points how many restore points hold it
  public record VolumeUsage(String namespace, String volume, int points, AmountsInfo amounts) {}
}
