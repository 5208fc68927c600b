package dev.backstay.repository.copy;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.copy.CopyPlan.Skipped;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.opened.IndexLoad;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.PackWriter;
import dev.backstay.repository.opened.TreeWalk;
import dev.backstay.repository.prune.CommitEnd;
import dev.backstay.repository.prune.HiddenPacks;
import dev.backstay.repository.prune.Republication;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotEdit;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Carries a copy out, snapshot by snapshot, under the locks of both repositories.
final class CopyRun {

  private static final Duration HALF_WRITTEN = Duration.ofHours(24);

  private final Opened source;
  private final Opened target;
  private final CopyPlan plan;
  private final RepositoryLock lock;
  private final CancelToken cancel;
  private final Meter meter;
  private final BlobIndex from;
  private final BlobFetcher trees;
  private final HiddenPacks aside;
  private final BlobIndex to;
  private final Copies there;
  private final Map<BlobId, String> broken = new HashMap<>();
  private final List<String> made = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final List<ItemFailure> failures = new ArrayList<>();

  CopyRun(
      Opened source,
      Opened target,
      CopyPlan plan,
      RepositoryLock lock,
      CancelToken cancel,
      Meter meter) {
    this.source = source;
    this.target = target;
    this.plan = plan;
    this.lock = lock;
    this.cancel = cancel;
    this.meter = meter;
    from = IndexLoad.complete(source, cancel).index();
    trees = new BlobFetcher(source, from);
    aside = HiddenPacks.load(target.store(), target.files());
    to = IndexLoad.of(target, cancel).index();
    there = new Copies(target);
  }

  CopyReport run() {
    target.store().sweep(target.clock().instant(), HALF_WRITTEN);
    loseMissing();
    try (PackWriter writer = new PackWriter(target, true)) {
      BlobCopy blobs = new BlobCopy(source, target, from, writer, meter);
      TreeWalk walk = new TreeWalk(trees, source.readers());
      BlobTable lost = new BlobTable();
      BlobTable whole = new BlobTable();
      for (Snapshot snapshot : plan.copied()) {
        copy(snapshot, walk, blobs, writer, lost, whole);
      }
      return new CopyReport(
          List.copyOf(made),
          List.copyOf(skipped),
          blobs.blobs(),
          blobs.bytes(),
          List.copyOf(failures),
          List.of());
    }
  }

  /// What the target's index names and its store does not have whole, or a prune sets aside, is
  /// sent again.
  private void loseMissing() {
    Map<String, Long> missing = to.packSizes();
    for (StoredFile pack : target.store().list(FileKind.PACK)) {
      missing.computeIfPresent(pack.key().name(), (_, size) -> pack.size() < size ? size : null);
    }
    Set<String> lost = new HashSet<>(missing.keySet());
    lost.addAll(aside.packs());
    to.lose(lost);
  }

  /// Whether somebody else copied it since the plan.
  private boolean isThere(Snapshot snapshot) {
    Optional<String> copy = there.refresh(cancel).of(snapshot);
    copy.ifPresent(id -> skipped.add(new Skipped(snapshot, id)));
    return copy.isPresent();
  }

  private void copy(
      Snapshot snapshot,
      TreeWalk walk,
      BlobCopy blobs,
      PackWriter writer,
      BlobTable lost,
      BlobTable whole) {
    cancel.checkpoint();
    if (isThere(snapshot)) {
      return;
    }
    BlobTable wanted = new BlobTable();
    want(BlobKind.TREE, snapshot.tree(), wanted, writer);
    walk.walk(List.of(snapshot.tree()), new Wanting(wanted, writer, lost), cancel);
    blobs.copy(wanted, lost, cancel);
    String bad = lost.size() == 0 ? null : firstLost(snapshot.tree(), lost, whole);
    if (bad != null) {
      failures.add(failure(snapshot, bad));
      return;
    }
    writer.flush(cancel);
    lock.confirm();
    if (!isThere(snapshot)) {
      made.add(commit(snapshot));
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

  /// Something that a tree needs and the source has lost, or null. Each tree is looked into once.
  private @Nullable String firstLost(BlobId tree, BlobTable lost, BlobTable whole) {
    if (whole.contains(BlobKind.TREE, tree)) {
      return null;
    }
    String known = broken.get(tree);
    String bad = known == null ? lookInto(tree, lost, whole) : known;
    if (bad == null) {
      whole.add(BlobKind.TREE, tree);
    } else {
      broken.put(tree, bad);
    }
    return bad;
  }

  private @Nullable String lookInto(BlobId tree, BlobTable lost, BlobTable whole) {
    cancel.checkpoint();
    if (lost.contains(BlobKind.TREE, tree)) {
      return "tree " + tree;
    }
    for (Node node : read(tree)) {
      for (BlobId id : node.content()) {
        if (lost.contains(BlobKind.DATA, id)) {
          return "data blob " + id + " of " + node.name();
        }
      }
      BlobId subtree = node.subtree();
      String bad = subtree != null ? firstLost(subtree, lost, whole) : null;
      if (bad != null) {
        return bad;
      }
    }
    return null;
  }

  private List<Node> read(BlobId tree) {
    return TreeCodec.decode(trees.load(BlobKind.TREE, tree), "the tree " + tree.shortHex());
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
        SnapshotEdit.of(json, snapshot.id()).withoutParent().original(Copies.origin(snapshot));
    CommitEnd end = new CommitEnd(target.store(), target.files(), aside.names());
    Seen seen = new Seen();
    end.before(snapshot.tree(), seen);
    lock.confirm();
    String made = target.files().save(FileKind.SNAPSHOT, edit.toJson());
    end.after(made, snapshot.tree(), lock, seen);
    return made;
  }

  /// What the copy can see of the target; its trees are those of the source.
  private final class Seen implements Republication.Blobs {

    private BlobIndex now = new BlobIndex();

    @Override
    public byte[] tree(BlobId id) {
      return trees.load(BlobKind.TREE, id);
    }

    @Override
    public List<BlobPlace> places(BlobKind kind, BlobId id) {
      return now.findAll(kind, id);
    }

    @Override
    public void reload() {
      // Not to be cancelled: the snapshot is there, and may need what was set aside meanwhile.
      now = IndexLoad.of(target, new CancelToken()).index();
    }
  }
}
