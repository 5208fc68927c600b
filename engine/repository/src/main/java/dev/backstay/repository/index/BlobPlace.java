package dev.backstay.repository.index;

/// Where a blob stands.
///
/// @param pack the pack's id
/// @param offset where its sealed bytes begin
/// @param length sealed bytes
/// @param plainLength plain bytes if it is compressed, 0 if it is stored raw
public record BlobPlace(String pack, long offset, int length, int plainLength) {

  /// Plain bytes.
  public int size() {
    return plainLength > 0 ? plainLength : length - 32;
  }
}
