package dev.backstay.repository.prune;

/// What a prune has found and means to do. Bytes are those of packs, compressed and sealed.
///
/// @param snapshots how many were walked
/// @param usedBlobs blobs that snapshots need
/// @param duplicateBlobs further copies of those
/// @param unusedBlobs blobs that no snapshot needs
/// @param usedBytes of them
/// @param duplicateBytes of further copies
/// @param unusedBytes of those that no snapshot needs
/// @param packs how many the index names
/// @param packsToKeep how many stay as they are
/// @param packsToRepack how many hold both
/// @param packsToRemove how many hold nothing that is needed
/// @param strayPacks how many are in no index: left by interrupted work, or just being written
/// @param repackBytes bytes of the packs to repack
/// @param repackFreedBytes what of them is not needed
/// @param removeBytes bytes of the packs to remove
/// @param strayBytes bytes of the packs in no index
/// @param ripePacks set aside by an earlier run, and deleted by this one
/// @param ripeBytes of them
/// @param restingPacks set aside by an earlier run, and still kept
/// @param restingBytes of them
/// @param unusedBytesAfter unused bytes that stay
public record PruneFigures(
    long snapshots,
    long usedBlobs,
    long duplicateBlobs,
    long unusedBlobs,
    long usedBytes,
    long duplicateBytes,
    long unusedBytes,
    long packs,
    long packsToKeep,
    long packsToRepack,
    long packsToRemove,
    long strayPacks,
    long repackBytes,
    long repackFreedBytes,
    long removeBytes,
    long strayBytes,
    long ripePacks,
    long ripeBytes,
    long restingPacks,
    long restingBytes,
    long unusedBytesAfter) {

  /// Bytes that this plan frees: at once when it works alone, else in the end.
  public long freedBytes() {
    return repackFreedBytes + removeBytes + strayBytes + ripeBytes;
  }
}
