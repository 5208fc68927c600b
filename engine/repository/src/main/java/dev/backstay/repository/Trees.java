package dev.backstay.repository;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import dev.backstay.repository.tree.TreeScanner;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Trees as they are asked for, the last ones kept. Safe for use by many threads.
final class Trees {

  /// Nodes that are kept, some 400 bytes each.
  private static final int KEPT = 1 << 16;

  /// Plain bytes from which on a tree is read node by node: 10,000 files and more.
  private static final int HUGE = 4 << 20;

  private final BlobReader blobs;
  private final LinkedHashMap<BlobId, List<Node>> kept = new LinkedHashMap<>(16, 0.75f, true);
  private int nodes;

  Trees(BlobReader blobs) {
    this.blobs = blobs;
  }

  /// All nodes of a tree; unmodifiable.
  List<Node> get(BlobId id) {
    List<Node> known = known(id);
    if (known != null) {
      return known;
    }
    List<Node> read =
        List.copyOf(
            blobs.load(
                BlobKind.TREE, id, (bytes, length) -> TreeCodec.decode(bytes, length, what(id))));
    keep(id, read);
    return read;
  }

  private synchronized @Nullable List<Node> known(BlobId id) {
    return kept.get(id);
  }

  private synchronized void keep(BlobId id, List<Node> read) {
    if (read.size() > KEPT / 4 || kept.put(id, read) != null) {
      return;
    }
    nodes += read.size() + 1;
    Iterator<List<Node>> oldest = kept.values().iterator();
    while (nodes > KEPT) {
      nodes -= oldest.next().size() + 1;
      oldest.remove();
    }
  }

  private static String what(BlobId id) {
    return "the tree " + id.shortHex();
  }

  /// The nodes of a tree for somebody who passes by and does not come back: nothing is kept, and of
  /// a huge tree there are only its bytes.
  Iterable<Node> pass(BlobId id) {
    List<Node> known = known(id);
    return known != null ? known : blobs.load(BlobKind.TREE, id, (b, n) -> pass(id, b, n));
  }

  private static Iterable<Node> pass(BlobId id, byte[] bytes, int length) {
    if (length < HUGE) {
      return TreeCodec.decode(bytes, length, what(id));
    }
    byte[] copy = Arrays.copyOf(bytes, length);
    return () -> new Scan(new TreeScanner(copy, copy.length, what(id)));
  }

  private static final class Scan implements Iterator<Node> {

    private final TreeScanner scanner;
    private @Nullable Node next;

    Scan(TreeScanner scanner) {
      this.scanner = scanner;
      next = scanner.next();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Node next() {
      Node node = next;
      if (node == null) {
        throw new NoSuchElementException();
      }
      next = scanner.next();
      return node;
    }
  }
}
