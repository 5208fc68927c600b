package dev.backstay.repository.stats;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.opened.IndexLoad;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.SnapshotLoad;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFilter;
import dev.backstay.repository.store.FileKind;
import java.util.List;

/// Counts what snapshots hold. Reads trees only; takes no lock.
public final class Statistics {

  private final Opened opened;

  public Statistics(Opened opened) {
    this.opened = opened;
  }

  /// As restic counts.
  ///
  /// @param meter gets trees
  /// @throws dev.backstay.model.DamagedException if a tree cannot be read
  public Count count(CountMode mode, SnapshotFilter filter, CancelToken cancel, Meter meter) {
    List<Snapshot> snapshots = filter.select(SnapshotLoad.of(opened, cancel).snapshots());
    BlobIndex index = IndexLoad.complete(opened, cancel).index();
    BlobFetcher blobs = new BlobFetcher(opened, index);
    return switch (mode) {
      case RAW_DATA -> new RawCount(index, blobs, opened.readers()).of(snapshots, cancel, meter);
      case RESTORE_SIZE, FILES_BY_CONTENTS, BLOBS_PER_FILE ->
          new NodeCount(mode, index, blobs, cancel, meter).of(snapshots);
    };
  }

  /// By restore point and by volume.
  ///
  /// @param meter gets trees
  /// @throws dev.backstay.model.DamagedException if a tree cannot be read
  public Usage usage(SnapshotFilter filter, CancelToken cancel, Meter meter) {
    List<Snapshot> snapshots = filter.select(SnapshotLoad.of(opened, cancel).snapshots());
    BlobIndex index = IndexLoad.complete(opened, cancel).index();
    long packs = opened.store().list(FileKind.PACK).stream().mapToLong(file -> file.size()).sum();
    return new UsageCount(index, new BlobFetcher(opened, index), cancel, meter)
        .of(snapshots, packs);
  }
}
