package dev.backstay.repository.stats;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.opened.TreeWalk;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import java.util.List;

/// Blobs that snapshots refer to, each once.
final class RawCount {

  private final BlobIndex index;
  private final BlobFetcher blobs;
  private final int threads;
  private final BlobTable used = new BlobTable();

  RawCount(BlobIndex index, BlobFetcher blobs, int threads) {
    this.index = index;
    this.blobs = blobs;
    this.threads = threads;
  }

  Count of(List<Snapshot> snapshots, CancelToken cancel, Meter meter) {
    new TreeWalk(blobs, threads)
        .walk(
            snapshots.stream().map(Snapshot::tree).toList(),
            new TreeWalk.Visitor() {
              @Override
              public void tree(BlobId id, List<Node> nodes) {
                used.add(BlobKind.TREE, id);
                nodes.forEach(n -> n.content().forEach(blob -> used.add(BlobKind.DATA, blob)));
                meter.add(1, 0);
              }

              @Override
              public void lost(BlobId id, DamagedException error) {
                throw error;
              }
            },
            cancel);
    return sum(snapshots.size());
  }

  private Count sum(int snapshots) {
    long bytes = 0;
    long uncompressed = 0;
    long compressed = 0;
    long compressedPlain = 0;
    for (int i = 0; i < used.size(); i++) {
      BlobPlace place = place(index, used.kind(i), used.id(i));
      long plain = (long) place.size() + Sealer.OVERHEAD;
      bytes += place.length();
      uncompressed += plain;
      if (place.plainLength() > 0) {
        compressed += place.length();
        compressedPlain += plain;
      }
    }
    return new Count(
        CountMode.RAW_DATA,
        snapshots,
        bytes,
        0,
        used.size(),
        uncompressed,
        compressed,
        compressedPlain);
  }

  /// @throws DamagedException if no index names it
  static BlobPlace place(BlobIndex index, BlobKind kind, BlobId id) {
    BlobPlace place = index.find(kind, id);
    if (place == null) {
      throw new DamagedException(
          "repository.blob-lost",
          "the " + kind.word() + " blob " + id + " is in no index",
          "run 'repo check' to see what is affected");
    }
    return place;
  }
}
