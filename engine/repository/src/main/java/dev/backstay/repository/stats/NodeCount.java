package dev.backstay.repository.stats;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.pack.BlobCodec;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeType;
import dev.backstay.repository.tree.TreeCodec;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Nodes of snapshots, counted in restic's order by restic's rules (`cmd_stats.go`).
final class NodeCount {

  private record Link(long inode, long deviceId) {}

  private final CountMode mode;
  private final BlobIndex index;
  private final BlobFetcher blobs;
  private final CancelToken cancel;
  private final Meter meter;
  private final MessageDigest digest = BlobCodec.sha256();
  private final BlobTable contents = new BlobTable();
  private final BlobTable piecesOfPaths = new BlobTable();
  private final BlobTable paths = new BlobTable();
  private long bytes;
  private long files;
  private long pieces;

  NodeCount(CountMode mode, BlobIndex index, BlobFetcher blobs, CancelToken cancel, Meter meter) {
    this.mode = mode;
    this.index = index;
    this.blobs = blobs;
    this.cancel = cancel;
    this.meter = meter;
  }

  Count of(List<Snapshot> snapshots) {
    for (Snapshot snapshot : snapshots) {
      walk(FilePath.ROOT, snapshot.tree(), new HashSet<>());
    }
    return new Count(mode, snapshots.size(), bytes, files, pieces, 0, 0, 0);
  }

  private void walk(FilePath at, BlobId tree, Set<Link> links) {
    cancel.checkpoint();
    meter.add(1, 0);
    for (Node node :
        TreeCodec.decode(blobs.load(BlobKind.TREE, tree), "the tree " + tree.shortHex())) {
      FilePath path = at.resolve(node.name().bytes());
      switch (mode) {
        case RESTORE_SIZE, RAW_DATA -> restored(node, links);
        case FILES_BY_CONTENTS -> byContents(node);
        case BLOBS_PER_FILE -> byBlobs(path, node);
      }
      BlobId subtree = node.subtree();
      if (node.isFolder() && subtree != null) {
        walk(path, subtree, links);
      }
    }
  }

  /// Files that share an inode are written once.
  private void restored(Node node, Set<Link> links) {
    files++;
    boolean alone = node.links() == 1 || node.type() == NodeType.DIR || node.inode() == 0;
    if (alone || links.add(new Link(node.inode(), node.deviceId()))) {
      bytes += node.size();
    }
  }

  private void byContents(Node node) {
    if (contents.add(BlobKind.DATA, content(node))) {
      bytes += node.size();
      files++;
    }
  }

  private BlobId content(Node node) {
    node.content().forEach(id -> digest.update(id.bytes()));
    return BlobId.of(digest.digest(), 0);
  }

  private void byBlobs(FilePath path, Node node) {
    if (!contents.add(BlobKind.DATA, content(node))) {
      return;
    }
    for (BlobId id : node.content()) {
      digest.update(path.bytes());
      if (paths.add(BlobKind.DATA, BlobId.of(digest.digest(), 0))) {
        files++;
      }
      digest.update(path.bytes());
      digest.update(id.bytes());
      if (piecesOfPaths.add(BlobKind.DATA, BlobId.of(digest.digest(), 0))) {
        bytes += RawCount.place(index, BlobKind.DATA, id).size();
        pieces++;
      }
    }
  }
}
