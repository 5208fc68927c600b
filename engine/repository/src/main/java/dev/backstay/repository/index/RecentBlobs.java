package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobId;
import java.util.ArrayList;
import java.util.List;

/// Blobs that came one by one: pages that are never copied, and a table of slots over them. Not
/// safe for use by several threads while one adds.
final class RecentBlobs implements BlobTable {

  private static final int PAGE_BITS = 10;
  private static final int PAGE = 1 << PAGE_BITS;

  private final List<long[]> pages = new ArrayList<>();
  private int[] slots = new int[1024];
  private int size;

  @Override
  public long size() {
    return size;
  }

  void add(long a, long b, long c, long d, long place, long origin) {
    if (size == pages.size() << PAGE_BITS) {
      pages.add(new long[PAGE * Entry.WORDS]);
    }
    if (size >= slots.length / 4 * 3) {
      grow();
    }
    long[] page = pages.getLast();
    int at = (size & PAGE - 1) * Entry.WORDS;
    page[at] = a;
    page[at + 1] = b;
    page[at + 2] = c;
    page[at + 3] = d;
    page[at + 4] = place;
    page[at + 5] = origin;
    size++;
    insert(size);
  }

  private void grow() {
    slots = new int[slots.length * 2];
    for (int number = 1; number <= size; number++) {
      insert(number);
    }
  }

  private void insert(int number) {
    int slot = slot(word(number - 1, 3));
    while (slots[slot] != 0) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = number;
  }

  private int slot(long word) {
    return (int) (word >>> 16) & slots.length - 1;
  }

  private long word(int entry, int word) {
    return pages.get(entry >>> PAGE_BITS)[(entry & PAGE - 1) * Entry.WORDS + word];
  }

  /// A position is a slot.
  @Override
  public long find(BlobId id, int kind, long behind) {
    int slot = behind < 0 ? slot(id.d()) : (int) behind + 1 & slots.length - 1;
    for (; slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      if (is(slots[slot] - 1, kind, id)) {
        return slot;
      }
    }
    return -1;
  }

  private boolean is(int entry, int kind, BlobId id) {
    long[] page = pages.get(entry >>> PAGE_BITS);
    int at = (entry & PAGE - 1) * Entry.WORDS;
    return page[at + 3] == id.d()
        && page[at] == id.a()
        && page[at + 1] == id.b()
        && page[at + 2] == id.c()
        && (page[at + 5] & 1) == kind;
  }

  @Override
  public long place(long at) {
    return word(slots[(int) at] - 1, 4);
  }

  @Override
  public long origin(long at) {
    return word(slots[(int) at] - 1, 5);
  }

  @Override
  public void forEach(Visitor visitor) {
    for (int i = 0; i < size; i++) {
      long[] page = pages.get(i >>> PAGE_BITS);
      int at = (i & PAGE - 1) * Entry.WORDS;
      visitor.entry(page[at], page[at + 1], page[at + 2], page[at + 3], page[at + 4], page[at + 5]);
    }
  }

  @Override
  public long memory() {
    return (long) pages.size() * PAGE * Entry.BYTES + 4L * slots.length;
  }
}
