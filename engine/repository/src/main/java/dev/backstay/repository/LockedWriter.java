package dev.backstay.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.prune.CommitEnd;
import dev.backstay.repository.snapshot.FileCounts;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotDraft;
import dev.backstay.repository.snapshot.SnapshotFile;
import dev.backstay.repository.snapshot.SnapshotSummary;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Writes under a lock that it holds.
final class LockedWriter implements RepositoryWriter {

  private final RepositoryLock lock;
  private final BlobSaver blobs;
  private final FileSaver contents;
  private final BlobIndex index;
  private final Runnable giveBack;
  private final SealedFiles files;
  private final RepositorySettings settings;
  private final CommitEnd end;
  private final Supplier<SeenBlobs> seen;

  /// @param giveBack called when nothing more is asked of the index
  LockedWriter(
      RepositoryLock lock,
      BlobSaver blobs,
      FileSaver contents,
      BlobIndex index,
      Runnable giveBack,
      SealedFiles files,
      RepositorySettings settings,
      CommitEnd end,
      Supplier<SeenBlobs> seen) {
    this.lock = lock;
    this.blobs = blobs;
    this.contents = contents;
    this.index = index;
    this.giveBack = giveBack;
    this.files = files;
    this.settings = settings;
    this.end = end;
    this.seen = seen;
  }

  @Override
  public FileContent saveFile(InputStream in, CancelToken cancel, Meter meter) {
    return contents.save(List.of(), 0, in, ChunkListener.NONE, cancel, meter);
  }

  @Override
  public FileContent saveFile(
      List<BlobId> prefix, InputStream in, ChunkListener chunks, CancelToken cancel, Meter meter) {
    long size = 0;
    for (BlobId id : prefix) {
      BlobPlace place = index.find(BlobKind.DATA, id);
      if (place == null) {
        throw missing("the beginning of a file", id);
      }
      size += place.size();
    }
    return contents.save(prefix, size, in, chunks, cancel, meter);
  }

  @Override
  public boolean has(BlobId blob) {
    return blobs.has(BlobKind.DATA, blob);
  }

  @Override
  public boolean hasTree(BlobId tree) {
    return blobs.has(BlobKind.TREE, tree);
  }

  @Override
  public BlobId saveTree(List<Node> nodes) {
    nodes.forEach(this::refuseDangling);
    byte[] bytes = TreeCodec.encode(nodes);
    return blobs.save(BlobKind.TREE, bytes, 0, bytes.length).id();
  }

  /// No tree may name what the repository does not have.
  private void refuseDangling(Node node) {
    for (BlobId id : node.content()) {
      if (!blobs.has(BlobKind.DATA, id)) {
        throw missing("the file " + node.name(), id);
      }
    }
    BlobId subtree = node.subtree();
    if (node.isFolder() && (subtree == null || !blobs.has(BlobKind.TREE, subtree))) {
      throw new DamagedException(
          "repository.blob-missing",
          "the folder " + node.name() + " has no tree in the repository",
          "run 'repo check'; back up without a parent snapshot");
    }
  }

  private static DamagedException missing(String what, BlobId id) {
    return new DamagedException(
        "repository.blob-missing",
        what + " refers to the blob " + id + ", which the repository does not have",
        "run 'repo check'; back up without a parent snapshot");
  }

  @Override
  public void flush() {
    blobs.flush();
  }

  @Override
  public Snapshot commit(SnapshotDraft draft) {
    blobs.flush();
    SnapshotSummary summary = summary(draft.time(), draft.counts());
    byte[] json = SnapshotFile.encode(draft, settings.program(), summary);
    try (SeenBlobs now = seen.get()) {
      end.before(draft.tree(), now);
      lock.confirm();
      Snapshot snapshot = SnapshotFile.decode(json, files.save(FileKind.SNAPSHOT, json));
      end.after(snapshot.id(), snapshot.tree(), lock, now);
      return snapshot;
    }
  }

  private SnapshotSummary summary(Instant start, FileCounts counts) {
    WriterStats stats = stats();
    return new SnapshotSummary(
        start,
        settings.clock().instant(),
        counts.filesNew(),
        counts.filesChanged(),
        counts.filesUnmodified(),
        counts.dirsNew(),
        counts.dirsChanged(),
        counts.dirsUnmodified(),
        stats.dataBlobs(),
        stats.treeBlobs(),
        stats.dataAdded(),
        stats.dataAddedPacked(),
        counts.files(),
        counts.bytes());
  }

  @Override
  public WriterStats stats() {
    return blobs.stats();
  }

  @Override
  public void close() {
    try {
      contents.close();
      blobs.close();
      giveBack.run();
    } finally {
      lock.close();
    }
  }
}
