package dev.backstay.repository.repair;

import dev.backstay.model.ItemFailure;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.opened.StoreState;
import dev.backstay.repository.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a repair of snapshots would do.
///
/// @param snapshots those that lack something
/// @param sound how many lack nothing
/// @param damagedFiles ids of snapshots whose own file cannot be read
/// @param strange what holds, seals and all, and cannot be understood: it stays as it is, because
///   another version may understand it
/// @param forget whether what is replaced or lost is deleted
/// @param state what it was made from
public record SnapshotRepairPlan(
    List<DamagedSnapshot> snapshots,
    int sound,
    List<String> damagedFiles,
    List<ItemFailure> strange,
    boolean forget,
    StoreState state) {

  /// A snapshot that lacks something.
  ///
  /// @param snapshot as it is
  /// @param changes what would be other in its replacement, at most [#SHOWN]
  /// @param more how many further changes there are
  /// @param tree of the replacement, or null if the root itself is lost
  /// @param repairedAs the id of a replacement that an earlier repair made, or null
  public record DamagedSnapshot(
      Snapshot snapshot,
      List<Change> changes,
      long more,
      @Nullable BlobId tree,
      @Nullable String repairedAs) {

    public static final int SHOWN = 1000;
  }

  /// One file or folder that is not what it was.
  ///
  /// @param path absolute inside the snapshot
  /// @param what happened to it
  /// @param bytes that are lost of a file; 0 for folders
  public record Change(String path, What what, long bytes) {}

  public enum What {
    /// Pieces of a file are gone; the others move together.
    CONTENT_LOST,
    /// A file's size was not that of its pieces.
    SIZE_CORRECTED,
    /// A folder's content is gone; it becomes empty.
    FOLDER_LOST
  }

  /// Whether there is nothing to do.
  public boolean isEmpty() {
    boolean nothingToWrite =
        snapshots.stream().allMatch(s -> s.tree() == null || s.repairedAs() != null);
    return nothingToWrite && (!forget || (snapshots.isEmpty() && damagedFiles.isEmpty()));
  }
}
