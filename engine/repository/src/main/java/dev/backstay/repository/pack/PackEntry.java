package dev.backstay.repository.pack;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.seal.Sealer;

/// A blob in a pack.
///
/// @param offset where its sealed bytes begin
/// @param length sealed bytes
/// @param plainLength plain bytes if it is compressed, 0 if it is stored raw
public record PackEntry(BlobKind kind, BlobId id, long offset, int length, int plainLength) {

  /// Plain bytes.
  public int size() {
    return plainLength > 0 ? plainLength : length - Sealer.OVERHEAD;
  }
}
