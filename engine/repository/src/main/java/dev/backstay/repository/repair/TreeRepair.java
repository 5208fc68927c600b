package dev.backstay.repository.repair;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.FilePath;
import dev.backstay.model.ItemFailure;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.pack.BlobCodec;
import dev.backstay.repository.repair.SnapshotRepairPlan.Change;
import dev.backstay.repository.repair.SnapshotRepairPlan.What;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What trees are without what is lost: pieces of files that no index names are left out, folders
/// that cannot be read become empty, as restic does.
///
/// In memory is an id for each tree, and no more of a tree than is being looked at.
final class TreeRepair {

  /// Receives a tree that does not exist yet, after all that it refers to.
  @FunctionalInterface
  interface Sink {
    Sink NOTHING = _ -> {};

    void save(byte[] tree);
  }

  private static final byte[] EMPTY = TreeCodec.encode(List.of());

  private final BlobFetcher blobs;
  private final BlobIndex index;
  private final Sink sink;
  private final CancelToken cancel;
  private final Map<BlobId, BlobId> done = new HashMap<>();
  private final Map<BlobId, ItemFailure> strange = new LinkedHashMap<>();

  TreeRepair(BlobFetcher blobs, BlobIndex index, Sink sink, CancelToken cancel) {
    this.blobs = blobs;
    this.index = index;
    this.sink = sink;
    this.cancel = cancel;
  }

  /// The tree that takes the place of one; the same if it lacks nothing; null if it is itself lost.
  @Nullable BlobId root(BlobId tree) {
    List<Node> nodes = read(tree);
    return nodes == null ? null : repaired(tree, nodes);
  }

  /// Trees that hold and cannot be understood.
  Collection<ItemFailure> strange() {
    return strange.values();
  }

  /// The nodes of a tree; null if it is lost. One that holds and cannot be understood, because a
  /// newer version wrote it, is not lost: it has no nodes that could be repaired and stays.
  private @Nullable List<Node> read(BlobId tree) {
    cancel.checkpoint();
    byte[] plain;
    try {
      plain = blobs.load(BlobKind.TREE, tree);
    } catch (DamagedException e) {
      return null;
    }
    try {
      return TreeCodec.decode(plain, "the tree " + tree.shortHex());
    } catch (DamagedException e) {
      strange.putIfAbsent(
          tree,
          new ItemFailure(
              "tree " + tree,
              e.code(),
              String.valueOf(e.getMessage()),
              "it stays as it is: nothing of it is lost, and a newer version may understand it"));
      return List.of();
    }
  }

  private BlobId repaired(BlobId tree, List<Node> nodes) {
    BlobId known = done.get(tree);
    if (known != null) {
      return known;
    }
    List<Node> after = new ArrayList<>(nodes.size());
    boolean changed = false;
    for (Node node : nodes) {
      Node repaired = node.isFolder() ? folder(node) : node.isFile() ? file(node) : node;
      changed |= !repaired.equals(node);
      after.add(repaired);
    }
    BlobId now = changed ? save(TreeCodec.encode(after)) : tree;
    done.put(tree, now);
    return now;
  }

  private Node folder(Node node) {
    BlobId subtree = node.subtree();
    BlobId known = subtree == null ? null : done.get(subtree);
    if (known == null) {
      List<Node> nodes = subtree == null ? null : read(subtree);
      known = subtree == null || nodes == null ? save(EMPTY) : repaired(subtree, nodes);
      if (subtree != null) {
        done.put(subtree, known);
      }
    }
    return known.equals(subtree) ? node : node.withSubtree(known);
  }

  private Node file(Node node) {
    List<BlobId> kept = new ArrayList<>(node.content().size());
    long size = 0;
    for (BlobId id : node.content()) {
      BlobPlace place = index.find(BlobKind.DATA, id);
      if (place != null) {
        kept.add(id);
        size += place.size();
      }
    }
    boolean same = size == node.size() && kept.size() == node.content().size();
    return same ? node : node.withContent(kept, size);
  }

  private BlobId save(byte[] tree) {
    sink.save(tree);
    return BlobId.of(BlobCodec.sha256().digest(tree), 0);
  }

  /// What changes below a tree that [#root] has repaired.
  void changes(BlobId tree, Consumer<Change> changes) {
    changes(FilePath.ROOT, tree, changes);
  }

  private void changes(FilePath at, BlobId tree, Consumer<Change> changes) {
    List<Node> nodes = read(tree);
    if (nodes == null) {
      changes.accept(new Change("/" + at, What.FOLDER_LOST, 0));
      return;
    }
    for (Node node : nodes) {
      FilePath path = at.resolve(node.name().bytes());
      if (node.isFile()) {
        fileChange(path, node, changes);
      } else if (node.isFolder()) {
        folderChange(path, node, changes);
      }
    }
  }

  private void fileChange(FilePath path, Node node, Consumer<Change> changes) {
    Node after = file(node);
    if (!after.equals(node)) {
      boolean lost = after.content().size() < node.content().size();
      What what = lost ? What.CONTENT_LOST : What.SIZE_CORRECTED;
      changes.accept(new Change("/" + path, what, lost ? node.size() - after.size() : 0));
    }
  }

  private void folderChange(FilePath path, Node node, Consumer<Change> changes) {
    BlobId subtree = node.subtree();
    if (subtree == null) {
      changes.accept(new Change("/" + path, What.FOLDER_LOST, 0));
    } else if (!subtree.equals(done.get(subtree))) {
      changes(path, subtree, changes);
    }
  }
}
