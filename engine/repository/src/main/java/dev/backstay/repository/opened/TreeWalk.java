package dev.backstay.repository.opened;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

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

  public TreeWalk(BlobFetcher blobs, int threads) {
    this.blobs = blobs;
    this.threads = threads;
  }

  /// How many different trees were met.
  public int trees() {
    return seen.size();
  }

  public void walk(Collection<BlobId> roots, Visitor visitor, CancelToken cancel) {
    List<BlobId> fresh = roots.stream().filter(tree -> seen.add(BlobKind.TREE, tree)).toList();
    Pile.clear(threads, fresh, cancel, (tree, more) -> visit(tree, more, visitor));
  }

  private void visit(BlobId tree, Consumer<BlobId> more, Visitor visitor) {
    List<Node> nodes;
    try {
      nodes = TreeCodec.decode(blobs.load(BlobKind.TREE, tree), "the tree " + tree.shortHex());
    } catch (DamagedException e) {
      visitor.lost(tree, e);
      return;
    }
    for (Node node : nodes) {
      BlobId subtree = node.subtree();
      // Whatever has one: a type that is not known may be a folder too.
      if (subtree != null && seen.add(BlobKind.TREE, subtree)) {
        more.accept(subtree);
      }
    }
    visitor.tree(tree, nodes);
  }
}
