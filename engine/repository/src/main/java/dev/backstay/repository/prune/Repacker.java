package dev.backstay.repository.prune;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.opened.Crew;
import dev.backstay.repository.pack.PackBuilder;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Copies what is needed of packs into new packs, sealed as it is: blobs are sealed each by itself,
/// so nothing is encrypted or compressed again. Each is opened and hashed on the way, so that no
/// damage is carried on.
final class Repacker {

  private static final int GAP = 256 << 10;
  private static final int RANGE = 8 << 20;
  private static final int INDEX_EVERY = 64;
  private static final int READING = 4;

  private final PruneGround ground;
  private final PackTable table;
  private final PackChoice choice;
  private final CancelToken cancel;
  private final Meter meter;

  private final Slot data = new Slot();
  private final Slot tree = new Slot();
  private final Deque<byte[]> free = new ArrayDeque<>();
  private final LongAdder written = new LongAdder();
  private final LongAdder bytesWritten = new LongAdder();
  private List<IndexedPack> unindexed = new ArrayList<>();

  Repacker(
      PruneGround ground, PackTable table, PackChoice choice, CancelToken cancel, Meter meter) {
    this.ground = ground;
    this.table = table;
    this.choice = choice;
    this.cancel = cancel;
    this.meter = meter;
  }

  private static final class Slot {
    private @Nullable PackBuilder pack;
  }

  long packsWritten() {
    return written.sum();
  }

  long bytesWritten() {
    return bytesWritten.sum();
  }

  /// When it ends, all copies are stored and indexed. When it is cancelled or fails, some are: they
  /// are further copies, which the next prune uses.
  void run(List<Integer> packs) {
    Queue<Integer> todo = new ConcurrentLinkedQueue<>(packs);
    // Each holds up to 8 MiB of packs.
    int threads = Math.min(ground.threads(), ground.codecs().size() + READING);
    Crew.together(Math.min(threads, packs.size()), () -> work(todo));
    flush(data);
    flush(tree);
    writeIndex(0);
  }

  private void work(Queue<Integer> todo) {
    try {
      for (Integer pack = todo.poll(); pack != null; pack = todo.poll()) {
        repack(pack);
        meter.add(1, 0);
      }
    } catch (RuntimeException | Error e) {
      todo.clear();
      throw e;
    }
  }

  private void repack(int pack) {
    List<Integer> entries = new ArrayList<>();
    for (int entry = table.begin(pack); entry < table.end(pack); entry++) {
      if (choice.toCopy(entry)) {
        entries.add(entry);
      }
    }
    entries.sort(Comparator.comparingLong(table::offset));
    int from = 0;
    while (from < entries.size()) {
      int to = from + 1;
      while (to < entries.size()
          && together(entries.get(from), entries.get(to - 1), entries.get(to))) {
        to++;
      }
      cancel.checkpoint();
      copy(entries.subList(from, to));
      from = to;
    }
  }

  private boolean together(int first, int last, int next) {
    return table.offset(next) - table.offset(last) - table.length(last) <= GAP
        && table.offset(next) + table.length(next) - table.offset(first) <= RANGE;
  }

  private void copy(List<Integer> run) {
    int last = run.getLast();
    long from = table.offset(run.getFirst());
    byte[] sealed = new byte[(int) (table.offset(last) + table.length(last) - from)];
    boolean fetched = fetch(run.getFirst(), from, sealed);
    for (int entry : run) {
      int at = (int) (table.offset(entry) - from);
      if (fetched && holds(entry, sealed, at)) {
        append(entry, sealed, at);
      } else {
        copyAgain(entry);
      }
    }
    meter.add(0, sealed.length);
  }

  private boolean fetch(int entry, long from, byte[] into) {
    try {
      StoreKey pack = new StoreKey(FileKind.PACK, table.name(table.pack(entry)));
      ground.store().read(pack, from, into, 0, into.length);
      return true;
    } catch (NotFoundException | DamagedException e) {
      return false;
    }
  }

  private boolean holds(int entry, byte[] sealed, int at) {
    int length = table.length(entry);
    int plain = table.plainLength(entry);
    return ground.codecs().with(codec -> codec.decode(sealed, at, length, plain, table.id(entry)))
        >= 0;
  }

  /// A second time, and every copy.
  private void copyAgain(int entry) {
    boolean copied =
        table.anyCopy(
            table.blob(entry),
            other -> {
              byte[] sealed = new byte[table.length(other)];
              if (!fetch(other, table.offset(other), sealed) || !holds(other, sealed, 0)) {
                return false;
              }
              append(other, sealed, 0);
              return true;
            });
    if (!copied) {
      throw new DamagedException(
          "prune.blob-damaged",
          "the "
              + table.kind(entry).word()
              + " blob "
              + table.id(entry)
              + " in the pack "
              + table.name(table.pack(entry))
              + " is needed and damaged: nothing is deleted",
          "run 'repo check --read-data', then repair the packs that it names");
    }
  }

  private void append(int entry, byte[] sealed, int at) {
    int length = table.length(entry);
    Slot slot = table.kind(entry) == BlobKind.DATA ? data : tree;
    PackBuilder full = null;
    if (length > PackBuilder.TARGET) {
      full = PackBuilder.ofOne(length);
      append(full, entry, sealed, at);
    } else {
      synchronized (slot) {
        PackBuilder pack = slot.pack;
        if (pack != null && !pack.fits(length)) {
          full = pack;
          pack = null;
        }
        pack = pack == null ? new PackBuilder(array()) : pack;
        slot.pack = pack;
        append(pack, entry, sealed, at);
      }
    }
    if (full != null) {
      store(full);
    }
  }

  private void append(PackBuilder pack, int entry, byte[] sealed, int at) {
    pack.append(
        table.kind(entry),
        table.id(entry),
        sealed,
        at,
        table.length(entry),
        table.plainLength(entry));
  }

  private byte[] array() {
    synchronized (free) {
      byte[] array = free.poll();
      return array == null ? new byte[PackBuilder.CAPACITY] : array;
    }
  }

  private void flush(Slot slot) {
    PackBuilder pack = slot.pack;
    slot.pack = null;
    if (pack != null) {
      store(pack);
    }
  }

  private void store(PackBuilder pack) {
    String name = pack.finish(new Sealer(ground.key(), ground.random()));
    StoreKey key = new StoreKey(FileKind.PACK, name);
    ground.store().put(key, pack.bytes(), 0, pack.size());
    if (ground.store().size(key) != pack.size()) {
      throw new StorageException(
          "prune.pack-short",
          "the pack " + name + " was stored with another size",
          "check the storage: nothing that is needed was deleted");
    }
    written.increment();
    bytesWritten.add(pack.size());
    List<PackEntry> entries = List.copyOf(pack.entries());
    if (pack.pooled()) {
      synchronized (free) {
        free.add(pack.bytes());
      }
    }
    synchronized (this) {
      unindexed.add(new IndexedPack(name, entries));
    }
    writeIndex(INDEX_EVERY);
  }

  private void writeIndex(int atLeast) {
    List<IndexedPack> due;
    synchronized (this) {
      if (unindexed.size() < Math.max(1, atLeast)) {
        return;
      }
      due = unindexed;
      unindexed = new ArrayList<>();
    }
    IndexWriting.write(ground, due);
  }
}
