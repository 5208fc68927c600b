package dev.backstay.repository;

/// The bytes of one blob, good until they are given back.
final class PlainBlob {

  static final PlainBlob NONE = new PlainBlob(new byte[0], 0, false);

  private final byte[] bytes;
  private final int length;
  private final boolean pooled;

  /// @param length how many bytes of the array are the blob's
  /// @param pooled whether the array is to be used again
  PlainBlob(byte[] bytes, int length, boolean pooled) {
    this.bytes = bytes;
    this.length = length;
    this.pooled = pooled;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  boolean pooled() {
    return pooled;
  }
}
