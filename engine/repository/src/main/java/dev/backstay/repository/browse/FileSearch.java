package dev.backstay.repository.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.FilePath;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Looks for files and folders in snapshots, folders before their content; each hit is told at
/// once. Cancelling stops it between two paths. Not safe for use by several threads.
public final class FileSearch {

  private final OpenRepository repository;
  private final FileQuery query;
  private final Consumer<FoundFile> hits;
  private final CancelToken cancel;
  // What holds nothing in one snapshot holds nothing in the next.
  private final Set<Barren> barren = new HashSet<>();

  /// A folder in which nothing is found when it is reached with that state of the pattern.
  record Barren(BlobId tree, long state) {}

  public FileSearch(
      OpenRepository repository, FileQuery query, Consumer<FoundFile> hits, CancelToken cancel) {
    this.repository = repository;
    this.query = query;
    this.hits = hits;
    this.cancel = cancel;
  }

  /// Something that was found.
  ///
  /// @param path from the snapshot's root
  public record FoundFile(Snapshot snapshot, FilePath path, Node node) {}

  /// What to do with a snapshot that is not indexed.
  public enum Unindexed {
    /// Walk it: first hits at once, and no help for the next search.
    WALK,
    /// Index it first: the next ones, which are much like it, take no time.
    INDEX,
    /// Leave it out and say so.
    SKIP
  }

  /// How a search ended.
  ///
  /// @param unindexed snapshots that were not indexed; they were left out if that was asked for
  /// @param failures snapshots that are damaged; what is not damaged of them was searched up to
  ///   there
  public record Report(List<Snapshot> unindexed, List<ItemFailure> failures) {}

  /// One snapshot that is damaged, or lacks the folder to look in, hides nothing of the others.
  ///
  /// @throws NotFoundException if no snapshot has the folder to look in
  public Report in(List<Snapshot> snapshots, Unindexed how) {
    List<Snapshot> unindexed = new ArrayList<>();
    List<ItemFailure> failures = new ArrayList<>();
    NotFoundException nowhere = null;
    int lacking = 0;
    for (Snapshot snapshot : snapshots) {
      try {
        if (!in(snapshot, how)) {
          unindexed.add(snapshot);
        }
      } catch (NotFoundException e) {
        nowhere = e;
        lacking++;
      } catch (DamagedException e) {
        failures.add(ItemFailure.of("snapshot " + snapshot.shortId(), e));
      }
    }
    if (nowhere != null && lacking == snapshots.size()) {
      throw nowhere;
    }
    return new Report(unindexed, failures);
  }

  /// @return whether it is indexed
  /// @throws NotFoundException if it lacks the folder to look in
  public boolean in(Snapshot snapshot, Unindexed how) {
    cancel.checkpoint();
    Optional<PathIndex> index = repository.paths().get(snapshot.tree());
    if (index.isEmpty() && how == Unindexed.INDEX && query.below().isRoot()) {
      index = repository.paths().make(repository, snapshot, cancel);
    }
    if (index.isEmpty() && how == Unindexed.SKIP) {
      return false;
    }
    Node start = repository.node(snapshot, query.below());
    long state = query.pattern().start();
    for (byte[] name : query.below().components()) {
      state = query.pattern().step(state, new String(name, StandardCharsets.UTF_8));
    }
    if (!query.below().isRoot()) {
      tell(snapshot, query.below(), start, state);
    }
    BlobId tree = start.subtree();
    if (tree != null && query.pattern().leadsOn(state)) {
      below(snapshot, tree, state, index);
    }
    return index.isPresent();
  }

  private void below(Snapshot snapshot, BlobId tree, long state, Optional<PathIndex> index) {
    PathIndex known = index.orElse(null);
    int[] extent = known == null ? null : known.extent(tree);
    if (known != null && extent != null) {
      IndexSearch search =
          new IndexSearch(repository, query, barren, found(snapshot), cancel, tree, state);
      known.visit(extent[0], extent[1], search);
    } else {
      walk(snapshot, tree, state);
    }
  }

  private IndexSearch.Hit found(Snapshot snapshot) {
    return (path, node) -> hits.accept(new FoundFile(snapshot, path, node));
  }

  private void walk(Snapshot snapshot, BlobId tree, long state) {
    List<Long> states = new ArrayList<>(List.of(state));
    Node folder = Node.folder("", dev.backstay.repository.tree.NodeTime.EPOCH).withSubtree(tree);
    repository.walk(
        folder,
        (path, node) -> {
          int depth = path.components().size();
          while (states.size() > depth) {
            states.removeLast();
          }
          long next = query.pattern().step(states.getLast(), node.name().toString());
          states.add(next);
          tell(snapshot, IndexSearch.join(query.below(), path), node, next);
          return query.pattern().leadsOn(next);
        },
        cancel);
  }

  private void tell(Snapshot snapshot, FilePath path, Node node, long state) {
    if (query.pattern().matches(state, () -> "/" + path)
        && query.accepts(
            node.modified().seconds(), node.modified().nanos(), node.isFile() ? node.size() : -1)) {
      hits.accept(new FoundFile(snapshot, path, node));
    }
  }
}
