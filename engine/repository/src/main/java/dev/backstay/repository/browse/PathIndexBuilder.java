package dev.backstay.repository.browse;

import dev.backstay.model.FilePath;
import dev.backstay.repository.OpenRepository.NodeVisitor;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.tree.Node;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Makes a path index in one walk; what is known from other indexes is copied and not walked.
final class PathIndexBuilder implements NodeVisitor {

  /// More paths than that are not worth it: the search would be as slow as a walk.
  private static final int LARGEST = 1 << 29;

  private final List<PathIndex> known;
  private final Deque<Integer> open = new ArrayDeque<>();
  private byte[] records = new byte[1 << 16];
  private int at;
  private boolean tooLarge;

  PathIndexBuilder(List<PathIndex> known) {
    this.known = known;
  }

  @Override
  public boolean visit(FilePath path, Node node) {
    leaveTo(depth(path));
    tooLarge |= at > LARGEST;
    room(node.name().length() + 100);
    if (tooLarge) {
      return false;
    }
    BlobId subtree = node.subtree();
    boolean folder = node.isFolder() && subtree != null;
    records[at++] =
        (byte) (folder ? PathIndex.FOLDER : node.isFile() ? PathIndex.FILE : PathIndex.OTHER);
    byte[] name = node.name().bytes();
    number(name.length);
    System.arraycopy(name, 0, records, at, name.length);
    at += name.length;
    long seconds = node.modified().seconds();
    number(seconds << 1 ^ seconds >> 63);
    number(node.modified().nanos());
    if (node.isFile()) {
      number(node.size());
    }
    return folder && subtree != null && enter(subtree);
  }

  private static int depth(FilePath path) {
    int depth = 0;
    for (byte b : path.bytes()) {
      depth += b == '/' ? 1 : 0;
    }
    return depth;
  }

  private boolean enter(BlobId subtree) {
    subtree.put(records, at);
    at += BlobId.SIZE + Integer.BYTES;
    open.addLast(at);
    for (PathIndex index : known) {
      int[] extent = index.extent(subtree);
      if (extent != null) {
        copy(index.records(), extent[0], extent[1]);
        return false;
      }
    }
    return true;
  }

  private void copy(byte[] from, int start, int end) {
    room(end - start);
    if (!tooLarge) {
      System.arraycopy(from, start, records, at, end - start);
      at += end - start;
    }
  }

  private void leaveTo(int depth) {
    while (open.size() > depth) {
      int start = open.removeLast();
      int extent = at - start;
      for (int i = 1; i <= Integer.BYTES; i++) {
        records[start - i] = (byte) extent;
        extent >>>= 8;
      }
    }
  }

  private void room(int bytes) {
    if (at + bytes > records.length && !tooLarge) {
      long larger = Math.max((long) records.length * 2, (long) at + bytes);
      tooLarge = larger > 2L * LARGEST;
      records = tooLarge ? records : Arrays.copyOf(records, (int) larger);
    }
  }

  private void number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      records[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    records[at++] = (byte) rest;
  }

  /// The records, or nothing if there are too many.
  Optional<byte[]> finish() {
    leaveTo(0);
    return tooLarge ? Optional.empty() : Optional.of(Arrays.copyOf(records, at));
  }
}
