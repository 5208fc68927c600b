package dev.backstay.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.browse.PathIndexes;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/// A repository that its password has opened. Safe for use by many threads; closing it closes the
/// store.
///
/// Everything read is verified (MAC, then SHA-256) and fetched a second time, from another copy
/// where there is one, before [dev.backstay.model.DamagedException] is thrown.
public interface OpenRepository extends AutoCloseable {

  /// 64 hex characters; the same for ever.
  String id();

  /// Where it is, for messages.
  String location();

  /// All snapshots that can be read, oldest first; the others are in [#damage()].
  List<Snapshot> snapshots();

  /// @param id the beginning of an id, or `latest`
  /// @throws dev.backstay.model.NotFoundException if there is none
  /// @throws dev.backstay.model.InvalidInputException if several begin so
  Snapshot snapshot(String id);

  /// A folder's nodes, ascending by name.
  List<Node> tree(BlobId tree);

  /// The node at a path inside a snapshot. The root is a made-up folder node that holds the
  /// snapshot's tree.
  ///
  /// @throws dev.backstay.model.NotFoundException if there is no such path
  Node node(Snapshot snapshot, FilePath path);

  /// Every node below a folder, folders before their content, in the order of names.
  ///
  /// @param folder a folder's node, see [#node]
  void walk(Node folder, NodeVisitor visitor, CancelToken cancel);

  /// The path indexes of this machine, for [dev.backstay.repository.browse.FileSearch].
  PathIndexes paths();

  /// Writes a part of a file; stops at its end.
  void read(Node file, long offset, long length, OutputStream out, CancelToken cancel);

  /// The whole file, decoded ahead on other threads. Fails with [java.io.IOException] never: errors
  /// are [dev.backstay.model.EngineException]. Close it.
  InputStream open(Node file);

  /// Whether a blob is safe in the repository: its pack is stored and indexed.
  boolean knows(BlobId blob);

  /// Plain bytes of a blob that is [known][#knows].
  long sizeOf(BlobId blob);

  /// What was seen to be damaged so far by the way: snapshots that could not be listed, index files
  /// that could not be read, packs that a writer missed. No search, [#check] is one.
  List<ItemFailure> damage();

  /// Looks for damage under a shared lock where the store takes one.
  CheckReport check(CheckOptions options, CancelToken cancel, Meter meter);

  /// Takes a shared lock and begins to write. One repository may have several writers at once.
  ///
  /// @throws dev.backstay.model.LockedException if somebody holds it exclusively
  RepositoryWriter writer();

  /// Deletes a snapshot's file under an exclusive lock. What it alone referred to stays until a
  /// prune.
  ///
  /// @throws dev.backstay.model.LockedException if somebody else works with the repository
  void forget(Snapshot snapshot);

  @Override
  void close();

  /// Hears of the nodes of a walk.
  @FunctionalInterface
  interface NodeVisitor {
    /// @param path relative to the folder that is walked
    /// @return whether to go down, if it is a folder
    boolean visit(FilePath path, Node node);
  }
}
