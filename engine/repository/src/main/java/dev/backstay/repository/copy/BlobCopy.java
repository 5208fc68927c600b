package dev.backstay.repository.copy;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.opened.Crew;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.PackWriter;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/// Fetches blobs pack by pack, near ones in one request, and seals them anew. What was compressed
/// stays as it was compressed.
final class BlobCopy {

  /// Bytes that are rather read in vain than asked for separately.
  private static final int GAP = 256 << 10;

  /// Read at once, unless one blob is larger.
  private static final int MOST = 8 << 20;

  /// So many blobs are sorted by their packs at once.
  private static final int BATCH = 1 << 16;

  private record Wanted(BlobKind kind, BlobId id, BlobPlace place) {}

  private final Opened source;
  private final Opened target;
  private final BlobIndex from;
  private final PackWriter writer;
  private final Meter meter;
  private final ConcurrentLinkedQueue<Resealer> free = new ConcurrentLinkedQueue<>();
  private final LongAdder blobs = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  BlobCopy(Opened source, Opened target, BlobIndex from, PackWriter writer, Meter meter) {
    this.source = source;
    this.target = target;
    this.from = from;
    this.writer = writer;
    this.meter = meter;
  }

  long blobs() {
    return blobs.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  /// @param wanted claimed from the writer
  /// @param lost gets those that the source does not have or that do not hold
  void copy(BlobTable wanted, BlobTable lost, CancelToken cancel) {
    for (int begin = 0; begin < wanted.size(); begin += BATCH) {
      copy(wanted, begin, Math.min(wanted.size(), begin + BATCH), lost, cancel);
    }
  }

  private void copy(BlobTable wanted, int begin, int end, BlobTable lost, CancelToken cancel) {
    Map<String, List<Wanted>> byPack = new HashMap<>();
    for (int i = begin; i < end; i++) {
      BlobPlace place = from.find(wanted.kind(i), wanted.id(i));
      if (place == null) {
        lost.add(wanted.kind(i), wanted.id(i));
      } else {
        byPack
            .computeIfAbsent(place.pack(), _ -> new ArrayList<>())
            .add(new Wanted(wanted.kind(i), wanted.id(i), place));
      }
    }
    Crew.each(source.readers(), byPack.values(), cancel, pack -> copyPack(pack, lost, cancel));
  }

  private void copyPack(List<Wanted> pack, BlobTable lost, CancelToken cancel) {
    pack.sort(Comparator.comparingLong(w -> w.place().offset()));
    Resealer resealer = free.poll();
    resealer = resealer == null ? new Resealer(source, target) : resealer;
    try {
      for (List<Wanted> run : runs(pack)) {
        cancel.checkpoint();
        copyRun(run, resealer, lost);
      }
    } finally {
      free.add(resealer);
    }
  }

  private static Collection<List<Wanted>> runs(List<Wanted> pack) {
    List<List<Wanted>> runs = new ArrayList<>();
    long begin = 0;
    long end = 0;
    for (Wanted next : pack) {
      long offset = next.place().offset();
      long after = offset + next.place().length();
      if (runs.isEmpty() || offset - end > GAP || after - begin > MOST) {
        runs.add(new ArrayList<>());
        begin = offset;
      }
      runs.getLast().add(next);
      end = after;
    }
    return runs;
  }

  private void copyRun(List<Wanted> run, Resealer resealer, BlobTable lost) {
    BlobPlace first = run.getFirst().place();
    BlobPlace last = run.getLast().place();
    int length = (int) (last.offset() + last.length() - first.offset());
    byte[] sealed;
    try {
      sealed = resealer.read(first, length);
    } catch (DamagedException | NotFoundException e) {
      run.forEach(wanted -> copyAlone(wanted, resealer, lost));
      return;
    }
    for (Wanted wanted : run) {
      int at = (int) (wanted.place().offset() - first.offset());
      if (!reseal(wanted, wanted.place(), sealed, at, resealer)) {
        copyAlone(wanted, resealer, lost);
      }
    }
  }

  /// A second look, and at every other copy.
  private void copyAlone(Wanted wanted, Resealer resealer, BlobTable lost) {
    for (BlobPlace place : from.findAll(wanted.kind(), wanted.id())) {
      try {
        byte[] sealed = new byte[place.length()];
        StoreKey pack = new StoreKey(FileKind.PACK, place.pack());
        source.store().read(pack, place.offset(), sealed, 0, sealed.length);
        if (reseal(wanted, place, sealed, 0, resealer)) {
          return;
        }
      } catch (DamagedException | NotFoundException e) {
        // The next copy, if there is one.
      }
    }
    lost.add(wanted.kind(), wanted.id());
  }

  private boolean reseal(Wanted wanted, BlobPlace place, byte[] sealed, int at, Resealer resealer) {
    int size = resealer.reseal(sealed, at, place, wanted.id());
    if (size < 0) {
      return false;
    }
    writer.append(wanted.kind(), wanted.id(), resealer.sealed(), 0, size, place.plainLength());
    blobs.increment();
    bytes.add(size);
    meter.add(1, size);
    return true;
  }
}
