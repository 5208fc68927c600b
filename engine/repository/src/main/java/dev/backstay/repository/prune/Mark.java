package dev.backstay.repository.prune;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.EngineException;
import dev.backstay.model.InternalException;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.opened.Crew;
import dev.backstay.repository.pack.BlobCodec;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.tree.TreeReferences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/// Finds all blobs that snapshots need. Each tree is read once whatever the number of snapshots;
/// trees that stand near each other in a pack are fetched together.
final class Mark {

  private static final int BATCH = 256;
  private static final int GAP = 64 << 10;
  private static final int RANGE = 4 << 20;
  private static final int NAMED = 3;

  private final PruneGround ground;
  private final PackTable table;
  private final UsedBlobs used;
  private final CancelToken cancel;
  private final Meter meter;
  private final Set<String> missing = new ConcurrentSkipListSet<>();

  private final Object turn = new Object();
  private int[] waiting = new int[1024];
  private int waitingCount;
  private int working;
  private boolean failed;

  Mark(PruneGround ground, PackTable table, UsedBlobs used, CancelToken cancel, Meter meter) {
    this.ground = ground;
    this.table = table;
    this.used = used;
    this.cancel = cancel;
    this.meter = meter;
  }

  /// @param roots trees of snapshots
  /// @throws DamagedException if something that is needed is missing or cannot be read
  void run(Collection<BlobId> roots) {
    used.reserve(table.size());
    List<Integer> fresh = new ArrayList<>();
    roots.forEach(root -> tree(root, fresh));
    offer(fresh);
    Crew.together(ground.threads(), this::work);
    if (failed || waitingCount > 0) {
      throw new InternalException("prune.unmarked", "not all trees were read", "run it again");
    }
    refuseMissing();
  }

  private void refuseMissing() {
    if (!missing.isEmpty()) {
      throw new DamagedException(
          "prune.blob-missing",
          "snapshots need "
              + missing.size()
              + " blobs that are in no index, such as "
              + missing.stream().limit(NAMED).toList()
              + ": nothing is deleted",
          "run 'repo check', then repair the index or forget the snapshots that it names");
    }
  }

  private void tree(BlobId id, List<Integer> fresh) {
    int blob = table.blob(BlobKind.TREE, id);
    if (blob < 0) {
      missing.add("tree " + id);
    } else if (used.set(blob)) {
      fresh.add(blob);
    }
  }

  private void data(BlobId id) {
    int blob = table.blob(BlobKind.DATA, id);
    if (blob < 0) {
      missing.add("data " + id);
    } else {
      used.set(blob);
    }
  }

  private void work() {
    try {
      for (int[] batch = next(); batch != null; batch = next()) {
        List<Integer> fresh = new ArrayList<>();
        read(batch, fresh);
        done(fresh);
      }
    } catch (RuntimeException | Error e) {
      synchronized (turn) {
        failed = true;
        turn.notifyAll();
      }
      throw e;
    }
  }

  /// Waits until there are trees to read, or nobody can find any more: then null.
  private int @Nullable [] next() {
    synchronized (turn) {
      awaitWork();
      if (waitingCount == 0 || failed) {
        turn.notifyAll();
        return null;
      }
      int count = Math.min(BATCH, Math.max(1, waitingCount / ground.threads()));
      waitingCount -= count;
      working++;
      return Arrays.copyOfRange(waiting, waitingCount, waitingCount + count);
    }
  }

  /// A stranger's interrupt is passed on, not obeyed: a mark that stopped early would delete.
  private void awaitWork() {
    boolean interrupted = false;
    while (waitingCount == 0 && working > 0 && !failed) {
      try {
        turn.wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void done(List<Integer> fresh) {
    synchronized (turn) {
      working--;
      offer(fresh);
      turn.notifyAll();
    }
  }

  private void offer(List<Integer> fresh) {
    if (waitingCount + fresh.size() > waiting.length) {
      waiting = Arrays.copyOf(waiting, Math.max(waiting.length * 2, waitingCount + fresh.size()));
    }
    for (int blob : fresh) {
      waiting[waitingCount++] = blob;
    }
  }

  private void read(int[] batch, List<Integer> fresh) {
    List<Integer> entries = new ArrayList<>(batch.length);
    for (int blob : batch) {
      entries.add(readable(blob));
    }
    entries.sort(
        Comparator.comparingInt((Integer e) -> table.pack(e)).thenComparingLong(table::offset));
    int from = 0;
    while (from < entries.size()) {
      int to = from + 1;
      while (to < entries.size()
          && together(entries.get(from), entries.get(to - 1), entries.get(to))) {
        to++;
      }
      read(entries.subList(from, to), fresh);
      from = to;
    }
  }

  /// A copy in a pack of the index, if there is one.
  private int readable(int blob) {
    int[] found = {blob};
    table.anyCopy(
        blob,
        entry -> {
          found[0] = entry;
          return table.visible(table.pack(entry));
        });
    return found[0];
  }

  private boolean together(int first, int last, int next) {
    return table.pack(first) == table.pack(next)
        && table.offset(next) - table.offset(last) - table.length(last) <= GAP
        && table.offset(next) + table.length(next) - table.offset(first) <= RANGE;
  }

  private void read(List<Integer> run, List<Integer> fresh) {
    cancel.checkpoint();
    int first = run.getFirst();
    int last = run.getLast();
    long from = table.offset(first);
    byte[] sealed = new byte[(int) (table.offset(last) + table.length(last) - from)];
    boolean fetched = fetch(table.pack(first), from, sealed);
    for (int entry : run) {
      int at = (int) (table.offset(entry) - from);
      if (!fetched || !scan(entry, sealed, at, fresh)) {
        readAgain(entry, fresh);
      }
    }
  }

  private boolean fetch(int pack, long from, byte[] into) {
    try {
      ground
          .store()
          .read(new StoreKey(FileKind.PACK, table.name(pack)), from, into, 0, into.length);
      return true;
    } catch (dev.backstay.model.NotFoundException | DamagedException e) {
      return false;
    }
  }

  private boolean scan(int entry, byte[] sealed, int at, List<Integer> fresh) {
    return ground.codecs().with(codec -> scan(codec, entry, sealed, at, fresh));
  }

  private boolean scan(BlobCodec codec, int entry, byte[] sealed, int at, List<Integer> fresh) {
    BlobId id = table.id(entry);
    int size = codec.decode(sealed, at, table.length(entry), table.plainLength(entry), id);
    if (size < 0) {
      return false;
    }
    TreeReferences.scan(
        codec.plain(),
        size,
        "the tree " + id.shortHex(),
        new TreeReferences.Receiver() {
          @Override
          public void data(BlobId blob) {
            Mark.this.data(blob);
          }

          @Override
          public void tree(BlobId blob) {
            Mark.this.tree(blob, fresh);
          }
        });
    meter.add(1, size);
    return true;
  }

  /// A second time, and every copy.
  private void readAgain(int entry, List<Integer> fresh) {
    boolean read =
        table.anyCopy(
            table.blob(entry),
            copy -> {
              byte[] sealed = new byte[table.length(copy)];
              return fetch(table.pack(copy), table.offset(copy), sealed)
                  && scan(copy, sealed, 0, fresh);
            });
    if (!read) {
      throw lost(entry);
    }
  }

  private EngineException lost(int entry) {
    return new DamagedException(
        "prune.tree-damaged",
        "the tree "
            + table.id(entry)
            + " in the pack "
            + table.name(table.pack(entry))
            + " cannot be read, so nobody knows what it needs: nothing is deleted",
        "run 'repo check', then forget or repair the snapshots that it names");
  }
}
