package dev.backstay.repository.stats;

import dev.backstay.repository.snapshot.Snapshot;
import java.util.List;

/// How much a repository holds, by snapshot and by volume.
///
/// @param total of all snapshots together
/// @param snapshots each, oldest first
/// @param volumes each PVC over all its restore points, by namespace and name
/// @param storedPacks bytes of all pack files, also of what no snapshot refers to any more
public record Usage(
    Amounts total, List<OfSnapshot> snapshots, List<OfVolume> volumes, long storedPacks) {

  /// @param files how many, folders and links not counted
  /// @param logical bytes that a restore writes
  /// @param unique plain bytes of different blobs
  /// @param stored the same, compressed and sealed
  /// @param own stored bytes that nothing else shares: what a prune gives back once it is forgotten
  /// @param dataBlobs different pieces of files
  /// @param treeBlobs different folders
  public record Amounts(
      long files,
      long logical,
      long unique,
      long stored,
      long own,
      long dataBlobs,
      long treeBlobs) {

    /// How many plain bytes one stored byte stands for; 0 if nothing is stored.
    public double compression() {
      return stored == 0 ? 0 : (double) unique / stored;
    }
  }

  /// @param snapshot which
  public record OfSnapshot(Snapshot snapshot, Amounts amounts) {}

  /// @param namespace from the snapshots' tag `namespace=…`, or their host's name
  /// @param volume the PVC's name
  /// @param points how many snapshots hold it
  public record OfVolume(String namespace, String volume, int points, Amounts amounts) {}
}
