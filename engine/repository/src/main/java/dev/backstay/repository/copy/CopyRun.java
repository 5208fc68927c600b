package dev.backstay.repository.copy;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
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
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  private final HiddenPacks aside;
  private final BlobIndex to;
  private final List<String> made = new ArrayList<>();
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
    aside = HiddenPacks.load(target.store(), target.files());
    to = IndexLoad.of(target, cancel).index();
  }

  CopyReport run() {
    target.store().sweep(target.clock().instant(), HALF_WRITTEN);
    loseMissing();
    try (PackWriter writer = new PackWriter(target, true)) {
      BlobCopy blobs = new BlobCopy(source, target, from, writer, meter);
      TreeWalk walk = new TreeWalk(new BlobFetcher(source, from), source.cores());
      BlobTable lost = new BlobTable();
      BlobTable whole = new BlobTable();
      for (Snapshot snapshot : plan.copied()) {
        copy(snapshot, walk, blobs, writer, lost, whole);
      }
      return new CopyReport(List.copyOf(made), blobs.blobs(), blobs.bytes(), List.copyOf(failures));
    }
  }

  /// What the target's index names and its store does not have, or a prune sets aside, is sent
  /// again.
  private void loseMissing() {
    Set<String> missing = new HashSet<>(to.packs());
    target.store().list(FileKind.PACK).forEach(pack -> missing.remove(pack.key().name()));
    missing.addAll(aside.packs());
    to.lose(missing);
  }

  private void copy(
      Snapshot snapshot,
      TreeWalk walk,
      BlobCopy blobs,
      PackWriter writer,
      BlobTable lost,
      BlobTable whole) {
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
  private @Nullable String firstLost(BlobId tree, BlobTable lost, BlobTable whole) {
    if (lost.contains(BlobKind.TREE, tree)) {
      return "tree " + tree;
    }
    if (whole.contains(BlobKind.TREE, tree)) {
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
    whole.add(BlobKind.TREE, tree);
    return null;
  }

  private List<Node> read(BlobId tree) {
    return TreeCodec.decode(
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
        SnapshotEdit.of(json, snapshot.id())
            .withoutParent()
            .original(SnapshotCopy.origin(snapshot));
    String made = target.files().save(FileKind.SNAPSHOT, edit.toJson());
    new CommitEnd(target.store(), target.files(), aside.names())
        .after(made, snapshot.tree(), lock, new Seen());
    return made;
  }

  /// What the copy can see of the target; its trees are those of the source.
  private final class Seen implements Republication.Blobs {

    private BlobIndex now = new BlobIndex();

    @Override
    public byte[] tree(BlobId id) {
      return new BlobFetcher(source, from).load(BlobKind.TREE, id);
    }

    @Override
    public List<BlobPlace> places(BlobKind kind, BlobId id) {
      return now.findAll(kind, id);
    }

    @Override
    public void reload() {
      now = IndexLoad.of(target, cancel).index();
    }
  }
}
