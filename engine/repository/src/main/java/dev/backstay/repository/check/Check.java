package dev.backstay.repository.check;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.opened.IndexLoad;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.SnapshotLoad;
import dev.backstay.repository.opened.TreeWalk;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeType;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Looks for damage with fresh eyes: its own load of the index, every snapshot, every tree; on
/// demand every byte.
public final class Check {

  private final Opened opened;
  private final Random random;
  private final Findings findings = new Findings();
  private final MissingBlobs missing = new MissingBlobs(findings);

  /// @param random chooses the packs of a sample
  public Check(Opened opened, Random random) {
    this.opened = opened;
    this.random = random;
  }

  /// Call it once, under a shared lock where the store takes one.
  ///
  /// @throws dev.backstay.model.EngineException if the store cannot be reached or does not let us
  ///   in: that is no damage
  public CheckReport run(CheckOptions options, CancelToken cancel, Meter meter) {
    new SmallFiles(opened, findings).check();
    // Snapshots first: whatever they refer to was indexed before they were written.
    SnapshotLoad snapshots = snapshots(cancel);
    // Before the index and after it: of a pack that a prune sets aside or puts back meanwhile one
    // of the three says where it is. Nothing is deleted of what is set aside under our lock.
    List<IndexedPack> before = opened.setAside().get();
    BlobIndex index = index(cancel);
    List<IndexedPack> after = opened.setAside().get();
    Packs packs = new Packs(opened, index, findings);
    long indexed = index.size();
    AsidePacks aside = new AsidePacks(findings, packs.sizes());
    aside.addTo(index, before);
    aside.addTo(index, after);
    packs.compare(aside);
    BlobFetcher blobs = BlobFetcher.forChecking(opened, index);
    TreeWalk walk = new TreeWalk(blobs, opened.readers());
    walk.walk(
        snapshots.snapshots().stream().map(Snapshot::tree).toList(),
        new Trees(index, aside, meter),
        cancel);
    long bytes = packs.read(options.data(), aside, random, cancel, meter);
    if (findings.anyLost()) {
      refuseAbsence();
      new AffectedSearch(opened, blobs, findings, cancel, meter).search(snapshots.snapshots());
    }
    return new CheckReport(
        snapshots.snapshots().size() + snapshots.damaged().size(),
        walk.trees(),
        indexed,
        packs.sizes().size(),
        bytes,
        findings.done());
  }

  /// A disk that was taken away looks as if every file were missing.
  private void refuseAbsence() {
    if (!opened.store().exists(StoreKey.CONFIG)) {
      throw new NotFoundException(
          "repository.gone",
          "the repository at " + opened.store().location() + " is not there any more",
          "make sure that the place is mounted, then check again");
    }
  }

  private SnapshotLoad snapshots(CancelToken cancel) {
    SnapshotLoad snapshots = SnapshotLoad.of(opened, cancel);
    snapshots
        .damaged()
        .forEach(bad ->
            findings.error(
                "repository.snapshot-damaged",
                bad.file(),
                String.valueOf(bad.error().getMessage()),
                "restore the file from a copy of the repository, else give it up with"
                    + " 'repo repair snapshots --forget'"));
    return snapshots;
  }

  private BlobIndex index(CancelToken cancel) {
    IndexLoad load = IndexLoad.of(opened, cancel);
    load.damaged()
        .forEach(bad ->
            findings.error(
                "repository.index-damaged",
                bad.file(),
                String.valueOf(bad.error().getMessage()),
                "run 'repo repair index': it is rebuilt from the packs"));
    load.twice()
        .forEach(again ->
            findings.hint(
                "repository.pack-indexed-twice",
                again.file(),
                "names pack " + again.pack() + " again",
                "'repo repair index' tidies it"));
    return load.index();
  }

  /// Looks at trees as they are walked.
  private final class Trees implements TreeWalk.Visitor {
    private final BlobIndex index;
    private final AsidePacks aside;
    private final Meter meter;

    /// @param index with what is set aside
    Trees(BlobIndex index, AsidePacks aside, Meter meter) {
      this.index = index;
      this.aside = aside;
      this.meter = meter;
    }

    @Override
    public void lost(BlobId id, DamagedException error) {
      lookAside(BlobKind.TREE, id);
      if (!findings.isLost(BlobKind.TREE, id)) {
        BlobPlace place = index.find(BlobKind.TREE, id);
        findings
            .error(
                "repository.tree-damaged",
                place == null ? "tree " + id : "data/" + place.pack(),
                String.valueOf(error.getMessage()),
                remedy(place))
            .loses(BlobKind.TREE, id);
      }
      meter.add(1, 0);
    }

    private String remedy(@Nullable BlobPlace place) {
      if (place == null) {
        return Remedies.IN_NO_INDEX;
      }
      return aside.contains(place.pack()) ? Remedies.ASIDE : Remedies.pack(place.pack());
    }

    @Override
    public void tree(BlobId id, List<Node> nodes) {
      lookAside(BlobKind.TREE, id);
      Node last = null;
      for (Node node : nodes) {
        if (last != null && last.name().compareTo(node.name()) >= 0) {
          findings.hint(
              "repository.tree-order",
              "tree " + id,
              "is not sorted at " + node.name(),
              "nothing is lost; a new backup of the same files writes it anew");
        }
        node(id, node);
        last = node;
      }
      meter.add(1, 0);
    }

    private void node(BlobId tree, Node node) {
      if (node.type() == NodeType.OTHER) {
        findings.hint(
            "repository.unknown-type",
            "tree " + tree,
            node.name() + " is of the unknown type " + node.unknown().get("type"),
            "nothing is lost; a newer version may know how to restore it");
      }
      if (node.isFolder() && node.subtree() == null) {
        findings
            .error(
                "repository.subtree-missing",
                "tree " + tree,
                "folder " + node.name() + " has no tree",
                "run 'repo repair snapshots'")
            .loses(BlobKind.TREE, tree);
      }
      for (BlobId id : node.content()) {
        if (!index.contains(BlobKind.DATA, id)) {
          missing.add(id);
        } else {
          lookAside(BlobKind.DATA, id);
        }
      }
    }

    private void lookAside(BlobKind kind, BlobId id) {
      if (aside.isEmpty()) {
        return;
      }
      List<BlobPlace> places = index.findAll(kind, id);
      if (!places.isEmpty() && places.stream().allMatch(place -> aside.contains(place.pack()))) {
        aside.need(kind, id, places);
      }
    }
  }
}
