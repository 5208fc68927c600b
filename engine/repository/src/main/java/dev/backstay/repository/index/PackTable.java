package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobId;
import java.util.Arrays;

/// Packs by number, and which index file names each: 32 bytes of id, 8 bytes beside it and a table
/// of slots. Not safe for use by several threads.
final class PackTable {

  /// In place of an index file: this process stored the pack and has not yet seen it in one.
  static final int OURS = -1;

  private static final int WORDS = 4;

  private long[] ids = new long[WORDS * 64];
  private int[] blobs = new int[64];
  private int[] source = new int[64];
  private int[] slots = new int[128];
  private int size;

  int size() {
    return size;
  }

  /// @return its number, or -1
  int find(BlobId id) {
    for (int slot = slot(id.d()); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      if (is(slots[slot] - 1, id)) {
        return slots[slot] - 1;
      }
    }
    return -1;
  }

  private int slot(long word) {
    return (int) (word >>> 16) & slots.length - 1;
  }

  private boolean is(int pack, BlobId id) {
    int at = pack * WORDS;
    return ids[at + 3] == id.d()
        && ids[at] == id.a()
        && ids[at + 1] == id.b()
        && ids[at + 2] == id.c();
  }

  /// Adds one that is not there.
  int add(BlobId id, int count, int file) {
    if (size == source.length) {
      grow();
    }
    int at = size * WORDS;
    ids[at] = id.a();
    ids[at + 1] = id.b();
    ids[at + 2] = id.c();
    ids[at + 3] = id.d();
    blobs[size] = count;
    source[size] = file;
    size++;
    insert(size);
    return size - 1;
  }

  private void grow() {
    int capacity = size + size / 2;
    ids = Arrays.copyOf(ids, capacity * WORDS);
    blobs = Arrays.copyOf(blobs, capacity);
    source = Arrays.copyOf(source, capacity);
    if (slots.length < capacity * 4 / 3) {
      slots = new int[slots.length * 2];
      for (int number = 1; number <= size; number++) {
        insert(number);
      }
    }
  }

  private void insert(int number) {
    int slot = slot(ids[(number - 1) * WORDS + 3]);
    while (slots[slot] != 0) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = number;
  }

  BlobId id(int pack) {
    int at = pack * WORDS;
    return new BlobId(ids[at], ids[at + 1], ids[at + 2], ids[at + 3]);
  }

  /// How many blobs it has.
  int blobs(int pack) {
    return blobs[pack];
  }

  void setBlobs(int pack, int count) {
    blobs[pack] = count;
  }

  /// The number of the index file that names it, or [#OURS].
  int source(int pack) {
    return source[pack];
  }

  void setSource(int pack, int file) {
    source[pack] = file;
  }

  /// Bytes of memory.
  long memory() {
    return 8L * ids.length + 4L * (blobs.length + source.length + slots.length);
  }
}
