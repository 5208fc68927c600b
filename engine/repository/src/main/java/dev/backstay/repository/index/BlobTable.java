package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobId;

/// Blobs by id. A blob that stands in several packs has several entries.
sealed interface BlobTable permits RecentBlobs, SortedBlobs {

  /// How many entries there are.
  long size();

  /// The next entry of a blob.
  ///
  /// @param behind where the last one was found, or -1 for the first
  /// @return where it stands, or -1
  long find(BlobId id, int kind, long behind);

  /// See [Entry#place].
  long place(long at);

  /// See [Entry#origin].
  long origin(long at);

  void forEach(Visitor visitor);

  /// Bytes of memory, mapped files not counted.
  long memory();

  /// Hears of all entries.
  @FunctionalInterface
  interface Visitor {
    void entry(long a, long b, long c, long d, long place, long origin);
  }
}
