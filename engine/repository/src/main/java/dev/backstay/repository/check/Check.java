package dev.backstay.repository.check;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.opened.IndexLoad;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.SnapshotLoad;
import dev.backstay.repository.opened.TreeWalk;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// Looks for damage with fresh eyes: its own load of the index, every snapshot, every tree; on
/// demand every byte.
public final class Check {

  /// Blobs that are in no index are named one by one up to this.
  private static final int NAMED = 200;

  private final Opened opened;
  private final Random random;
  private final Findings findings = new Findings();
  private final AtomicLong unnamed = new AtomicLong();

  /// @param random chooses the packs of a sample
  public Check(Opened opened, Random random) {
    this.opened = opened;
    this.random = random;
  }

  /// Call it once, under a shared lock where the store takes one.
  public CheckReport run(CheckOptions options, CancelToken cancel, Meter meter) {
    new SmallFiles(opened, findings).check();
    // Snapshots first: whatever they refer to was indexed before they were written.
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
    BlobIndex index = index(cancel);
    Packs packs = new Packs(opened, index, findings);
    packs.compare();
    boolean aside = !opened.setAside().get().isEmpty();
    BlobIndex complete = aside ? IndexLoad.complete(opened, cancel).index() : index;
    BlobFetcher blobs = new BlobFetcher(opened, complete);
    TreeWalk walk = new TreeWalk(blobs, opened.cores());
    walk.walk(
        snapshots.snapshots().stream().map(Snapshot::tree).toList(),
        new Trees(index, complete, meter),
        cancel);
    sayUnnamed();
    long bytes = packs.read(options.data(), random, cancel, meter);
    if (findings.anyLost()) {
      new AffectedSearch(blobs, findings, cancel).search(snapshots.snapshots());
    }
    return new CheckReport(
        snapshots.snapshots().size() + snapshots.damaged().size(),
        walk.trees(),
        index.size(),
        packs.stored(),
        bytes,
        findings.done());
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
    private final BlobIndex complete;
    private final Meter meter;

    Trees(BlobIndex index, BlobIndex complete, Meter meter) {
      this.index = index;
      this.complete = complete;
      this.meter = meter;
    }

    @Override
    public void lost(BlobId id, DamagedException error) {
      if (!findings.isLost(BlobKind.TREE, id)) {
        BlobPlace place = index.find(BlobKind.TREE, id);
        findings
            .error(
                "repository.tree-damaged",
                place == null ? "tree " + id : "data/" + place.pack(),
                String.valueOf(error.getMessage()),
                place == null ? Remedies.IN_NO_INDEX : Remedies.pack(place.pack()))
            .loses(BlobKind.TREE, id);
      }
      meter.add(1, 0);
    }

    @Override
    public void tree(BlobId id, List<Node> nodes) {
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
        if (!index.contains(BlobKind.DATA, id) && !findings.isLost(BlobKind.DATA, id)) {
          missing(id);
        }
      }
    }

    private void missing(BlobId id) {
      if (complete.contains(BlobKind.DATA, id)) {
        findings.hint(
            "repository.blob-set-aside",
            "data blob " + id,
            "is in a pack that a prune set aside",
            "the next prune puts it back into the index");
      } else if (unnamed.incrementAndGet() <= NAMED) {
        findings
            .error(
                "repository.blob-missing",
                "data blob " + id,
                "is in no index file",
                Remedies.IN_NO_INDEX)
            .loses(BlobKind.DATA, id);
      }
    }
  }

  private void sayUnnamed() {
    long more = unnamed.get() - NAMED;
    if (more > 0) {
      findings.error(
          "repository.blob-missing",
          "index",
          "about " + more + " further pieces of files are in no index file",
          Remedies.IN_NO_INDEX);
    }
  }
}
