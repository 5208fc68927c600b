package dev.backstay.repository.copy;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.DamagedException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.copy.CopyPlan.Skipped;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.opened.IndexLoad;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.PackWriter;
import dev.backstay.repository.opened.SnapshotLoad;
import dev.backstay.repository.opened.TreeWalk;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotEdit;
import dev.backstay.repository.snapshot.SnapshotFilter;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.tree.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Copies snapshots into another repository (restic `copy`): what is there already is skipped, what
/// is not is sealed anew with the target's key. A run that was cut off is continued by running it
/// again: its blobs are found in the target's index.
///
/// Into a new repository this changes the master key, which no change of a password does.
public final class SnapshotCopy {

  private static final Duration HALF_WRITTEN = Duration.ofHours(24);

  private final Opened source;
  private final Opened target;

  public SnapshotCopy(Opened source, Opened target) {
    this.source = source;
    this.target = target;
  }

  /// @param filter which snapshots of the source
  public CopyPlan plan(SnapshotFilter filter, CancelToken cancel) {
    SnapshotLoad from = SnapshotLoad.of(source, cancel);
    Map<String, List<Snapshot>> there = byOrigin(SnapshotLoad.of(target, cancel).snapshots());
    List<Snapshot> copied = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Snapshot snapshot : filter.select(from.snapshots())) {
      Snapshot copy =
          there.getOrDefault(origin(snapshot), List.of()).stream()
              .filter(other -> alike(snapshot, other))
              .findFirst()
              .orElse(null);
      if (copy == null) {
        copied.add(snapshot);
      } else {
        skipped.add(new Skipped(snapshot, copy.id()));
      }
    }
    return new CopyPlan(
        List.copyOf(copied),
        List.copyOf(skipped),
        from.damaged().stream().map(bad -> bad.file().toString()).toList());
  }

  /// By the id they had first, and by their own.
  private static Map<String, List<Snapshot>> byOrigin(List<Snapshot> snapshots) {
    Map<String, List<Snapshot>> all = new HashMap<>();
    for (Snapshot snapshot : snapshots) {
      all.computeIfAbsent(snapshot.id(), _ -> new ArrayList<>()).add(snapshot);
      String original = snapshot.original();
      if (original != null) {
        all.computeIfAbsent(original, _ -> new ArrayList<>()).add(snapshot);
      }
    }
    return all;
  }

  private static String origin(Snapshot snapshot) {
    return Objects.requireNonNullElse(snapshot.original(), snapshot.id());
  }

  /// Everything but parent and original, as restic compares.
  private static boolean alike(Snapshot a, Snapshot b) {
    return a.time().equals(b.time())
        && a.tree().equals(b.tree())
        && a.hostname().equals(b.hostname())
        && a.username().equals(b.username())
        && same(a.paths(), b.paths())
        && same(a.excludes(), b.excludes())
        && same(a.tags(), b.tags());
  }

  private static boolean same(List<String> a, List<String> b) {
    return a.stream().sorted().toList().equals(b.stream().sorted().toList());
  }

  /// @param meter gets a blob and its sealed bytes as they are sent
  /// @throws dev.backstay.model.LockedException if somebody holds one of them exclusively
  /// @throws ConflictException if both are the same place
  public CopyReport apply(CopyPlan plan, CancelToken cancel, Meter meter) {
    if (plan.isEmpty()) {
      return new CopyReport(List.of(), 0, 0, List.of());
    }
    if (source.key().equals(target.key())
        && source.store().location().equals(target.store().location())) {
      throw new ConflictException(
          "repository.copy-self", "the source and the target are the same", "name another target");
    }
    if (!source.store().capabilities().writable()) {
      return locked(plan, cancel, meter);
    }
    try (RepositoryLock held = source.lockShared()) {
      CopyReport report = locked(plan, cancel, meter);
      held.confirm();
      return report;
    }
  }

  private CopyReport locked(CopyPlan plan, CancelToken cancel, Meter meter) {
    try (RepositoryLock lock = target.lockShared()) {
      return new Run(plan, lock, cancel, meter).run();
    }
  }

  private final class Run {
    private final CopyPlan plan;
    private final RepositoryLock lock;
    private final CancelToken cancel;
    private final Meter meter;
    private final BlobIndex from;
    private final BlobIndex to;
    private final List<String> made = new ArrayList<>();
    private final List<ItemFailure> failures = new ArrayList<>();

    Run(CopyPlan plan, RepositoryLock lock, CancelToken cancel, Meter meter) {
      this.plan = plan;
      this.lock = lock;
      this.cancel = cancel;
      this.meter = meter;
      from = IndexLoad.complete(source, cancel).index();
      to = IndexLoad.of(target, cancel).index();
    }

    CopyReport run() {
      target.store().sweep(target.clock().instant(), HALF_WRITTEN);
      loseMissing();
      try (PackWriter writer = new PackWriter(target, true)) {
        BlobCopy blobs = new BlobCopy(source, target, from, writer, meter);
        TreeWalk walk = new TreeWalk(new BlobFetcher(source, from), source.cores());
        BlobTable lost = new BlobTable();
        Map<BlobId, Boolean> whole = new HashMap<>();
        for (Snapshot snapshot : plan.copied()) {
          copy(snapshot, walk, blobs, writer, lost, whole);
        }
        return new CopyReport(
            List.copyOf(made), blobs.blobs(), blobs.bytes(), List.copyOf(failures));
      }
    }

    /// What the target's index names and its store does not have is sent again.
    private void loseMissing() {
      Set<String> missing = new HashSet<>(to.packs());
      target.store().list(FileKind.PACK).forEach(pack -> missing.remove(pack.key().name()));
      to.lose(missing);
    }

    private void copy(
        Snapshot snapshot,
        TreeWalk walk,
        BlobCopy blobs,
        PackWriter writer,
        BlobTable lost,
        Map<BlobId, Boolean> whole) {
      cancel.checkpoint();
      BlobTable wanted = new BlobTable();
      want(BlobKind.TREE, snapshot.tree(), wanted, writer);
      walk.walk(List.of(snapshot.tree()), new Wanting(wanted, writer, lost), cancel);
      blobs.copy(wanted, lost, cancel);
      String bad = lost.size() == 0 ? null : firstLost(snapshot.tree(), lost, whole);
      if (bad == null) {
        writer.flush(cancel);
        lock.confirm();
        made.add(commit(snapshot));
      } else {
        failures.add(failure(snapshot, bad));
      }
    }

    private void want(BlobKind kind, BlobId id, BlobTable wanted, PackWriter writer) {
      if (!to.contains(kind, id) && writer.claim(kind, id)) {
        wanted.add(kind, id);
      }
    }

    /// Collects what a snapshot needs and the target lacks.
    private final class Wanting implements TreeWalk.Visitor {
      private final BlobTable wanted;
      private final PackWriter writer;
      private final BlobTable lost;

      Wanting(BlobTable wanted, PackWriter writer, BlobTable lost) {
        this.wanted = wanted;
        this.writer = writer;
        this.lost = lost;
      }

      @Override
      public void tree(BlobId id, List<Node> nodes) {
        want(BlobKind.TREE, id, wanted, writer);
        for (Node node : nodes) {
          node.content().forEach(blob -> want(BlobKind.DATA, blob, wanted, writer));
        }
      }

      @Override
      public void lost(BlobId id, DamagedException error) {
        lost.add(BlobKind.TREE, id);
      }
    }

    /// Something that a tree needs and the source has lost, or null.
    private @Nullable String firstLost(BlobId tree, BlobTable lost, Map<BlobId, Boolean> whole) {
      if (lost.contains(BlobKind.TREE, tree)) {
        return "tree " + tree;
      }
      if (whole.containsKey(tree)) {
        return null;
      }
      for (Node node : read(tree)) {
        for (BlobId id : node.content()) {
          if (lost.contains(BlobKind.DATA, id)) {
            return "data blob " + id + " of " + node.name();
          }
        }
        BlobId subtree = node.subtree();
        String bad = node.isFolder() && subtree != null ? firstLost(subtree, lost, whole) : null;
        if (bad != null) {
          return bad;
        }
      }
      whole.put(tree, true);
      return null;
    }

    private List<Node> read(BlobId tree) {
      return dev.backstay.repository.tree.TreeCodec.decode(
          new BlobFetcher(source, from).load(BlobKind.TREE, tree), "the tree " + tree.shortHex());
    }

    private ItemFailure failure(Snapshot snapshot, String bad) {
      return new ItemFailure(
          "snapshots/" + snapshot.id(),
          "repository.blob-lost",
          "the source has lost the " + bad,
          "run 'repo check' on the source, repair it, then copy again");
    }

    private String commit(Snapshot snapshot) {
      byte[] json = source.files().load(new StoreKey(FileKind.SNAPSHOT, snapshot.id()));
      SnapshotEdit edit =
          SnapshotEdit.of(json, snapshot.id()).withoutParent().original(origin(snapshot));
      return target.files().save(FileKind.SNAPSHOT, edit.toJson());
    }
  }
}
