package dev.backstay.repository.opened;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/// Visits every tree below some roots once, on several threads, in no order. Trees that an earlier
/// walk of the same object has seen are passed over.
public final class TreeWalk {

  /// Hears of trees, from several threads.
  public interface Visitor {
    void tree(BlobId id, List<Node> nodes);

    /// A tree that cannot be read.
    void lost(BlobId id, DamagedException error);
  }

  private final BlobFetcher blobs;
  private final int threads;
  private final BlobTable seen = new BlobTable();
  private final Deque<BlobId> todo = new ArrayDeque<>();
  private int busy;
  private boolean failed;

  public TreeWalk(BlobFetcher blobs, int threads) {
    this.blobs = blobs;
    this.threads = threads;
  }

  /// How many different trees were met.
  public int trees() {
    return seen.size();
  }

  public void walk(Collection<BlobId> roots, Visitor visitor, CancelToken cancel) {
    synchronized (todo) {
      roots.forEach(this::remember);
      if (todo.isEmpty()) {
        return;
      }
    }
    Crew.together(threads, () -> work(visitor, cancel));
  }

  private void remember(BlobId tree) {
    if (seen.add(BlobKind.TREE, tree)) {
      todo.addLast(tree);
    }
  }

  private void work(Visitor visitor, CancelToken cancel) {
    BlobId tree = next();
    while (tree != null) {
      boolean done = false;
      try {
        cancel.checkpoint();
        visit(tree, visitor);
        done = true;
      } finally {
        finish(done);
      }
      tree = next();
    }
  }

  /// The youngest first, so that the pile stays as high as the trees are deep.
  private @org.jspecify.annotations.Nullable BlobId next() {
    synchronized (todo) {
      boolean interrupted = false;
      while (todo.isEmpty() && busy > 0 && !failed) {
        try {
          todo.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failed || todo.isEmpty()) {
        return null;
      }
      busy++;
      return todo.removeLast();
    }
  }

  private void finish(boolean done) {
    synchronized (todo) {
      busy--;
      failed |= !done;
      todo.notifyAll();
    }
  }

  private void visit(BlobId tree, Visitor visitor) {
    List<Node> nodes;
    try {
      nodes = TreeCodec.decode(blobs.load(BlobKind.TREE, tree), "the tree " + tree.shortHex());
    } catch (DamagedException e) {
      visitor.lost(tree, e);
      return;
    }
    synchronized (todo) {
      for (Node node : nodes) {
        BlobId subtree = node.subtree();
        if (node.isFolder() && subtree != null) {
          remember(subtree);
        }
      }
      todo.notifyAll();
    }
    visitor.tree(tree, nodes);
  }
}
