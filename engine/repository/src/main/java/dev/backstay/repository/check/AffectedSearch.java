package dev.backstay.repository.check;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.check.Findings.Finding;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.Pile;
import dev.backstay.repository.opened.TreeWalk;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Which files of which snapshots lost blobs are in. Looks into each tree once to know whether
/// anything below it is affected, and again only where something is.
final class AffectedSearch {

  private final Opened opened;
  private final BlobFetcher blobs;
  private final Findings findings;
  private final CancelToken cancel;
  private final Meter meter;
  private final AffectedTrees affected;

  private record Place(String snapshot, FilePath path, BlobId tree) {}

  /// @param meter gets trees
  AffectedSearch(
      Opened opened, BlobFetcher blobs, Findings findings, CancelToken cancel, Meter meter) {
    this.opened = opened;
    this.blobs = blobs;
    this.findings = findings;
    this.cancel = cancel;
    this.meter = meter;
    affected = new AffectedTrees(findings, meter);
  }

  void search(List<Snapshot> snapshots) {
    new TreeWalk(blobs, opened.readers())
        .walk(snapshots.stream().map(Snapshot::tree).toList(), affected, cancel);
    affected.spread();
    List<Place> roots =
        snapshots.stream()
            .filter(snapshot -> affected.contains(snapshot.tree()))
            .map(snapshot -> new Place(snapshot.id(), FilePath.ROOT, snapshot.tree()))
            .toList();
    Pile.clear(opened.cores(), roots, cancel, this::name);
  }

  private void name(Place place, Consumer<Place> more) {
    if (findings.isLost(BlobKind.TREE, place.tree())) {
      findings.cause(BlobKind.TREE, place.tree()).affects(place.snapshot(), "/" + place.path());
    }
    for (Node node : read(place.tree())) {
      FilePath path = place.path().resolve(node.name().bytes());
      causes(node).forEach(cause -> cause.affects(place.snapshot(), "/" + path));
      BlobId subtree = node.subtree();
      if (node.isFolder() && subtree != null && affected.contains(subtree)) {
        more.accept(new Place(place.snapshot(), path, subtree));
      }
    }
    meter.add(1, 0);
  }

  private Set<Finding> causes(Node node) {
    Set<Finding> causes = new LinkedHashSet<>();
    for (BlobId id : node.content()) {
      if (findings.isLost(BlobKind.DATA, id)) {
        causes.add(findings.cause(BlobKind.DATA, id));
      }
    }
    return causes;
  }

  private List<Node> read(BlobId tree) {
    try {
      return TreeCodec.decode(blobs.load(BlobKind.TREE, tree), "the tree " + tree.shortHex());
    } catch (DamagedException e) {
      return List.of();
    }
  }
}
