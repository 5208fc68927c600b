package dev.backstay.repository;

/// What a writer has added so far.
///
/// @param dataBlobs new pieces of files
/// @param treeBlobs new folders
/// @param dataAdded plain bytes of both
/// @param dataAddedPacked the same, compressed and sealed
public record WriterStats(long dataBlobs, long treeBlobs, long dataAdded, long dataAddedPacked) {}
