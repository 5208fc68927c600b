package dev.backstay.repository;

import dev.backstay.repository.blob.BlobId;

/// Hears of the pieces of a file while it is being saved, in order. With them a later run can take
/// the file up where it was left: see [RepositoryWriter#saveFile].
@FunctionalInterface
public interface ChunkListener {

  ChunkListener NONE = (id, length) -> {};

  /// Called on the saving thread. The piece may not be durable yet: ask
  /// [OpenRepository#knows(BlobId)] of the process that resumes.
  ///
  /// @param length plain bytes
  void saved(BlobId id, int length);
}
