package dev.backstay.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotDraft;
import dev.backstay.repository.tree.Node;
import java.io.InputStream;
import java.util.List;

/// Adds to a repository under a shared lock, which is renewed until [#close()].
///
/// Safe for use by many threads, virtual ones included. Memory is a fixed budget whatever is saved:
/// callers wait when it is used up. After the first failed write every call fails with the same
/// error, and nothing is committed. An index is written every few packs, so a run that takes the
/// place of a killed one finds most of its blobs.
public interface RepositoryWriter extends AutoCloseable {

  /// Cuts a stream into blobs and stores those that are new. Does not close the stream.
  ///
  /// @param meter gets plain bytes as they are read, and no items
  FileContent saveFile(InputStream in, CancelToken cancel, Meter meter);

  /// The same for a file of which a former run had already saved a beginning.
  ///
  /// @param prefix the first blobs of the file, all [known][OpenRepository#knows]
  /// @param in begins right behind them
  /// @param chunks hears of each further piece, in order
  FileContent saveFile(
      List<BlobId> prefix, InputStream in, ChunkListener chunks, CancelToken cancel, Meter meter);

  /// Whether a blob needs no more sending: it is in the repository or on its way.
  boolean has(BlobId blob);

  /// Whether a folder's tree is in the repository or on its way.
  boolean hasTree(BlobId tree);

  /// Stores a folder.
  ///
  /// @param nodes in any order; names must differ
  BlobId saveTree(List<Node> nodes);

  /// Makes everything saved so far durable: packs, then the index.
  void flush();

  /// Flushes, makes sure that the lock was not taken away (a laptop may have slept), and writes the
  /// snapshot's file: the one moment that makes it exist.
  ///
  /// @throws dev.backstay.model.LockedException if the lock was lost; what was saved stays and is
  ///   found by the next run
  Snapshot commit(SnapshotDraft draft);

  WriterStats stats();

  /// Gives up what is not flushed, and the lock.
  @Override
  void close();
}
