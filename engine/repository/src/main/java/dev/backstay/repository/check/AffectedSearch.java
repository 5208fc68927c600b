package dev.backstay.repository.check;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.FilePath;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.util.BitSet;
import java.util.List;

/// Which files of which snapshots lost blobs are in. Looks into each tree once to know whether
/// anything below it is affected, and again only where something is.
final class AffectedSearch {

  private final BlobFetcher blobs;
  private final Findings findings;
  private final CancelToken cancel;
  private final BlobTable looked = new BlobTable();
  private final BitSet affected = new BitSet();

  AffectedSearch(BlobFetcher blobs, Findings findings, CancelToken cancel) {
    this.blobs = blobs;
    this.findings = findings;
    this.cancel = cancel;
  }

  void search(List<Snapshot> snapshots) {
    for (Snapshot snapshot : snapshots) {
      if (affected(snapshot.tree())) {
        name(snapshot, FilePath.ROOT, snapshot.tree());
      }
    }
  }

  private List<Node> read(BlobId tree) {
    cancel.checkpoint();
    try {
      return TreeCodec.decode(blobs.load(BlobKind.TREE, tree), "the tree " + tree.shortHex());
    } catch (DamagedException e) {
      return List.of();
    }
  }

  private boolean affected(BlobId tree) {
    int known = looked.find(BlobKind.TREE, tree);
    if (known >= 0) {
      return affected.get(known);
    }
    boolean any = findings.isLost(BlobKind.TREE, tree);
    for (Node node : read(tree)) {
      BlobId subtree = node.subtree();
      any |= node.content().stream().anyMatch(id -> findings.isLost(BlobKind.DATA, id));
      any |= node.isFolder() && subtree != null && affected(subtree);
    }
    affected.set(looked.number(BlobKind.TREE, tree), any);
    return any;
  }

  private void name(Snapshot snapshot, FilePath at, BlobId tree) {
    if (findings.isLost(BlobKind.TREE, tree)) {
      findings.cause(BlobKind.TREE, tree).affects(snapshot.id(), "/" + at);
    }
    for (Node node : read(tree)) {
      FilePath path = at.resolve(node.name().bytes());
      for (BlobId id : node.content()) {
        if (findings.isLost(BlobKind.DATA, id)) {
          findings.cause(BlobKind.DATA, id).affects(snapshot.id(), "/" + path);
        }
      }
      BlobId subtree = node.subtree();
      if (node.isFolder() && subtree != null && affected(subtree)) {
        name(snapshot, path, subtree);
      }
    }
  }
}
