package dev.backstay.repository.browse;

import dev.backstay.repository.blob.BlobId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The paths of one tree as flat bytes, folders before what they hold, some 35 bytes a path: what a
/// search must know to decide, and no more. A folder's record says where its end is and has no
/// position in it, so what a folder holds is copied as it is into the index of another snapshot.
///
/// A record: one byte of type, the name behind its length, time of the last change, then the size
/// of a file, or tree and extent of a folder. Numbers are in groups of seven bits, lowest first; an
/// extent has four bytes.
final class PathIndex {

  static final int FOLDER = 1;
  static final int FILE = 0;
  static final int OTHER = 2;

  private final BlobId root;
  private final byte[] records;
  private @Nullable Map<BlobId, Integer> folders;

  /// @param root the tree whose paths they are
  PathIndex(BlobId root, byte[] records) {
    this.root = root;
    this.records = records;
  }

  BlobId root() {
    return root;
  }

  byte[] records() {
    return records;
  }

  /// Hears of the paths in order.
  interface Visitor {

    /// @param number of the node in its folder's tree
    /// @param size bytes if it is a file, else -1
    void leaf(byte[] name, int number, long seconds, int nanos, long size);

    /// @return whether to go down; [#leave] follows then
    boolean enter(byte[] name, int number, long seconds, int nanos, BlobId tree);

    void leave();
  }

  /// Where what a folder holds begins and ends, or null if no folder has that tree.
  int @Nullable [] extent(BlobId tree) {
    if (tree.equals(root)) {
      return new int[] {0, records.length};
    }
    if (folders == null) {
      folders = folders();
    }
    Integer at = folders.get(tree);
    return at == null ? null : new int[] {at, at + new Cursor(at - Integer.BYTES).extent()};
  }

  private Map<BlobId, Integer> folders() {
    Map<BlobId, Integer> all = new HashMap<>();
    Cursor cursor = new Cursor(0);
    while (cursor.at < records.length) {
      cursor.read();
      if (cursor.type == FOLDER) {
        all.put(cursor.tree, cursor.at);
      }
    }
    return all;
  }

  /// @param from where what a folder holds begins
  void visit(int from, int to, Visitor visitor) {
    Cursor cursor = new Cursor(from);
    int[] ends = new int[16];
    int[] numbers = new int[17];
    int depth = 0;
    while (true) {
      while (depth > 0 && cursor.at >= ends[depth - 1]) {
        depth--;
        visitor.leave();
      }
      if (cursor.at >= to) {
        return;
      }
      cursor.read();
      int number = numbers[depth]++;
      if (cursor.type != FOLDER) {
        visitor.leaf(cursor.name, number, cursor.seconds, cursor.nanos, cursor.size);
      } else if (visitor.enter(cursor.name, number, cursor.seconds, cursor.nanos, cursor.tree)) {
        if (depth == ends.length) {
          ends = Arrays.copyOf(ends, depth * 2);
          numbers = Arrays.copyOf(numbers, depth * 2 + 1);
        }
        ends[depth++] = cursor.at + cursor.length;
        numbers[depth] = 0;
      } else {
        cursor.at += cursor.length;
      }
    }
  }

  /// Reads record by record.
  private final class Cursor {

    private int at;
    private int type;
    private byte[] name = {};
    private long seconds;
    private int nanos;
    private long size;
    private BlobId tree = new BlobId(0, 0, 0, 0);
    private int length;

    Cursor(int at) {
      this.at = at;
    }

    void read() {
      type = records[at++];
      int bytes = (int) number();
      name = Arrays.copyOfRange(records, at, at + bytes);
      at += bytes;
      long zigzag = number();
      seconds = zigzag >>> 1 ^ -(zigzag & 1);
      nanos = (int) number();
      size = type == FILE ? number() : -1;
      if (type == FOLDER) {
        tree = BlobId.of(records, at);
        at += BlobId.SIZE;
        length = extent();
      }
    }

    private long number() {
      long value = 0;
      int shift = 0;
      byte b;
      do {
        b = records[at++];
        value |= (long) (b & 0x7f) << shift;
        shift += 7;
      } while (b < 0);
      return value;
    }

    int extent() {
      int value = 0;
      for (int i = 0; i < Integer.BYTES; i++) {
        value = value << 8 | (records[at++] & 0xff);
      }
      return value;
    }
  }
}
