package dev.backstay.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.browse.PathIndexes;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.forget.ForgetPlan;
import dev.backstay.repository.forget.ForgetRequest;
import dev.backstay.repository.maintenance.Maintenance;
import dev.backstay.repository.prune.PruneOptions;
import dev.backstay.repository.prune.PruneOutcome;
import dev.backstay.repository.prune.PrunePlan;
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

  /// The irreducible polynomial by which files are cut.
  long polynomial();

  /// What is done to the repository as a whole: keys, locks, repairs, statistics, copies.
  Maintenance maintenance();

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

  /// How many files at once are worth reading: while some wait for the store others are decoded.
  int readers();

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

  /// Says which snapshots a forget would remove, and why the others stay. Changes nothing.
  ///
  /// @throws dev.backstay.model.InvalidInputException if the policy keeps nothing
  /// @throws dev.backstay.model.ConflictException if a group would lose all its snapshots
  ForgetPlan plan(ForgetRequest request);

  /// Deletes the snapshot files that a plan removes, under an exclusive lock. When it is cancelled,
  /// some are gone and the rest is as it was.
  ///
  /// @return how many were deleted; those that were gone already do not count
  /// @throws dev.backstay.model.ConflictException if the repository moved on since the plan
  /// @throws dev.backstay.model.LockedException if somebody else works with the repository
  int apply(ForgetPlan plan, CancelToken cancel, Meter meter);

  /// Finds what no snapshot needs, and what a prune would do about it, under a shared lock. Changes
  /// nothing.
  ///
  /// @param meter gets trees and their plain bytes
  /// @throws dev.backstay.model.DamagedException if anything is missing that a snapshot needs
  /// @throws dev.backstay.model.ConflictException if the snapshots are suspiciously few
  PrunePlan plan(PruneOptions options, CancelToken cancel, Meter meter);

  /// Gives back space as a plan says: at once under an exclusive lock, or in two phases beside
  /// running writers, where a later run deletes what this one sets aside. What it does when it is
  /// cancelled or killed is always whole, and the next run goes on from there.
  ///
  /// @param meter gets packs that are repacked or deleted, and bytes of packs
  /// @throws dev.backstay.model.ConflictException if the repository moved on since the plan, or the
  ///   clock jumped
  /// @throws dev.backstay.model.LockedException if somebody else is in the way
  PruneOutcome apply(PrunePlan plan, CancelToken cancel, Meter meter);

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
