package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobKind;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// How a blob stands in the tables of this package: six words, 48 bytes. Four of its id, then
/// offset and sealed length, then plain length and pack with kind.
final class Entry {

  static final int WORDS = 6;
  static final int BYTES = WORDS * Long.BYTES;

  /// As the words stand outside the heap and in the cache file.
  static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Entry() {}

  static long place(long offset, int length) {
    return offset << 32 | length;
  }

  static long offset(long place) {
    return place >>> 32;
  }

  static int length(long place) {
    return (int) place;
  }

  /// @param plain plain bytes, 0 if it is stored raw
  static long origin(int plain, int pack, int kind) {
    return (long) plain << 32 | pack << 1 | kind;
  }

  static int plain(long origin) {
    return (int) (origin >>> 32);
  }

  static int pack(long origin) {
    return (int) origin >>> 1;
  }

  static BlobKind kind(long origin) {
    return (origin & 1) == 0 ? BlobKind.DATA : BlobKind.TREE;
  }

  static long inPack(long origin, int pack) {
    return (origin & 0xffffffff00000001L) | (long) pack << 1;
  }
}
