package dev.backstay.repository.blob;

import java.util.Arrays;

/// A set of blobs that numbers them from 0 in the order they come: 32 bytes each and a table of
/// slots, no object each. Safe for use by many threads.
public final class BlobTable {

  private static final int WORDS = 4;

  private long[] ids = new long[WORDS * 64];
  private boolean[] trees = new boolean[64];
  private int[] slots = new int[256];
  private int size;

  public synchronized int size() {
    return size;
  }

  /// @return whether it was not there yet
  public synchronized boolean add(BlobKind kind, BlobId id) {
    int before = size;
    return number(kind, id) == before;
  }

  /// The blob's number; it gets one if it has none.
  public synchronized int number(BlobKind kind, BlobId id) {
    int slot = slot(kind, id);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == trees.length) {
      grow();
      slot = slot(kind, id);
    }
    put(size, kind, id);
    slots[slot] = ++size;
    return size - 1;
  }

  /// The blob's number, or -1.
  public synchronized int find(BlobKind kind, BlobId id) {
    return slots[slot(kind, id)] - 1;
  }

  public synchronized boolean contains(BlobKind kind, BlobId id) {
    return find(kind, id) >= 0;
  }

  public synchronized BlobId id(int number) {
    int at = number * WORDS;
    return new BlobId(ids[at], ids[at + 1], ids[at + 2], ids[at + 3]);
  }

  public synchronized BlobKind kind(int number) {
    return trees[number] ? BlobKind.TREE : BlobKind.DATA;
  }

  private void put(int number, BlobKind kind, BlobId id) {
    int at = number * WORDS;
    ids[at] = id.a();
    ids[at + 1] = id.b();
    ids[at + 2] = id.c();
    ids[at + 3] = id.d();
    trees[number] = kind == BlobKind.TREE;
  }

  /// Where the blob is, or where it would go.
  private int slot(BlobKind kind, BlobId id) {
    int slot = first(id.d());
    while (slots[slot] != 0 && !is(slots[slot] - 1, kind, id)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private int first(long word) {
    return (int) (word >>> 16) & (slots.length - 1);
  }

  private boolean is(int number, BlobKind kind, BlobId id) {
    int at = number * WORDS;
    return ids[at + 3] == id.d()
        && ids[at] == id.a()
        && ids[at + 1] == id.b()
        && ids[at + 2] == id.c()
        && trees[number] == (kind == BlobKind.TREE);
  }

  private void grow() {
    int capacity = trees.length * 2;
    ids = Arrays.copyOf(ids, capacity * WORDS);
    trees = Arrays.copyOf(trees, capacity);
    if (slots.length < capacity * 2) {
      slots = new int[slots.length * 2];
      for (int i = 0; i < size; i++) {
        int slot = first(ids[i * WORDS + 3]);
        while (slots[slot] != 0) {
          slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = i + 1;
      }
    }
  }
}
