package dev.backstay.repository.opened;

import dev.backstay.model.EngineException;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreCapabilities;
import dev.backstay.repository.store.StoreKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Fetches sealed blobs; small ones that lie close together in one request.
///
/// A pack is seen as windows. The first blob wanted of a window is fetched alone; when a second one
/// is, the window is fetched whole and kept a while. So a scattered read costs what it did, and
/// neighbours, as a folder's files are, cost one request for hundreds. From a store to which the
/// way is long the windows behind two that follow each other can be fetched ahead: small files
/// would wait for one round trip after the other. Where little of the windows turns out to be
/// wanted, blobs are fetched alone. Safe for use by many threads; memory is a few windows.
public final class PackWindows implements AutoCloseable {

  /// Sealed bytes up to which a blob is small.
  public static final int SMALL = 64 << 10;

  private static final int NEAR = 512 << 10;
  private static final int FAR = 1 << 20;
  private static final int KEPT = 24;
  private static final int NOTED = 4096;

  private static final int MOST_AHEAD = 8;

  /// Bytes of windows that are fetched whatever is wanted of them.
  private static final long TRIAL = 32L << 20;

  /// Beyond that, how often what was wanted may have been fetched in windows.
  private static final int MOST_TIMES = 16;

  private final ObjectStore store;
  private final Supplier<Map<String, Long>> index;
  private final Map<Window, Slot> slots = new Slots();
  private final Map<String, Long> sizes = new ConcurrentHashMap<>();
  private final Deque<byte[]> free = new ArrayDeque<>();
  private final LongAdder fetched = new LongAdder();
  private final LongAdder wanted = new LongAdder();
  private final int size;
  private final int ahead;
  private final @Nullable ExecutorService fetchers;
  private int kept;

  private PackWindows(ObjectStore store, Supplier<Map<String, Long>> index, int ahead) {
    this.store = store;
    this.index = index;
    this.ahead = ahead;
    size = store.capabilities().far() ? FAR : NEAR;
    // A writer fills two packs at once, so that two are read by turns.
    fetchers =
        ahead == 0
            ? null
            : Executors.newFixedThreadPool(
                2 * ahead, Thread.ofPlatform().daemon().name("ahead-", 0).factory());
  }

  /// Windows for somebody who asks with many threads.
  ///
  /// @param index the bytes of each pack
  public static PackWindows of(ObjectStore store, Supplier<Map<String, Long>> index) {
    return new PackWindows(store, index, 0);
  }

  /// Windows that are fetched ahead where that is worth it; to be closed.
  ///
  /// @param index the bytes of each pack
  public static PackWindows ahead(ObjectStore store, Supplier<Map<String, Long>> index) {
    StoreCapabilities can = store.capabilities();
    int most = Math.min(MOST_AHEAD, can.connections() / 2);
    return new PackWindows(store, index, can.far() ? most : 0);
  }

  /// @param from where it begins
  private record Window(String pack, long from) {}

  /// A window that was asked for once, or one whose bytes are there or on their way. Its array is
  /// used again when it has gone and nobody reads it any more.
  private static final class Slot {
    private @Nullable CompletableFuture<byte[]> bytes;
    private int length;
    private int readers;
    private boolean gone;
    private boolean unread;
  }

  /// The least recently wanted goes first.
  private static final class Slots extends LinkedHashMap<Window, Slot> {
    private static final long serialVersionUID = 1L;

    Slots() {
      super(64, 0.75f, true);
    }
  }

  /// Puts the sealed bytes at a place to the start of an array.
  public void read(BlobPlace place, byte[] into) {
    read(place.pack(), place.offset(), place.length(), into);
  }

  /// Puts a stretch of a pack to the start of an array.
  public void read(PackStretch stretch, byte[] into) {
    read(stretch.pack(), stretch.from(), stretch.length(), into);
  }

  private void read(String pack, long offset, int length, byte[] into) {
    boolean small = length <= SMALL;
    if (small) {
      wanted.add(length);
    }
    if (!small || !worthIt() || !near(pack, offset, length, into)) {
      store.read(key(pack), offset, into, 0, length);
    }
  }

  private boolean worthIt() {
    return fetched.sum() < TRIAL + MOST_TIMES * wanted.sum();
  }

  /// @return false if it was not to be had
  private boolean near(String pack, long offset, int length, byte[] into) {
    int from = (int) (offset % size);
    Window window = new Window(pack, offset - from);
    Slot slot = enter(window);
    if (slot == null) {
      return false;
    }
    try {
      byte[] bytes = bytes(window, slot);
      if (bytes == null || from + length > slot.length) {
        return false;
      }
      System.arraycopy(bytes, from, into, 0, length);
      return true;
    } finally {
      leave(slot);
    }
  }

  /// From the store itself, whatever is kept here.
  public void direct(BlobPlace place, byte[] into) {
    store.read(key(place.pack()), place.offset(), into, 0, place.length());
  }

  /// Those of a tree, which a cache of the store may have.
  public void tree(BlobPlace place, byte[] into) {
    store.readTree(key(place.pack()), place.offset(), into, 0, place.length());
  }

  private static StoreKey key(String pack) {
    return new StoreKey(FileKind.PACK, pack);
  }

  /// @return null if it is asked for the first time
  private @Nullable Slot enter(Window window) {
    synchronized (slots) {
      Slot slot = slots.get(window);
      if (slot == null) {
        slots.put(window, new Slot());
        makeRoom();
        return null;
      }
      slot.readers++;
      return slot;
    }
  }

  private void leave(Slot slot) {
    synchronized (slots) {
      slot.readers--;
      recycle(slot);
    }
  }

  /// @return null if it could not be fetched: whoever waits for it asks for the blob alone, and
  ///   gets the error of that
  private byte @Nullable [] bytes(Window window, Slot slot) {
    CompletableFuture<byte[]> bytes;
    byte[] mine = null;
    boolean first;
    synchronized (slots) {
      bytes = slot.bytes;
      first = bytes == null || slot.unread;
      slot.unread = false;
      if (bytes == null) {
        bytes = new CompletableFuture<>();
        mine = begin(slot, bytes);
        makeRoom();
      }
    }
    if (first && fetchers != null) {
      fetchAhead(window, fetchers);
    }
    if (mine != null) {
      fetch(window, slot, bytes, mine);
    }
    try {
      return bytes.join();
    } catch (CompletionException e) {
      return null;
    }
  }

  /// @return the array that is to be filled
  private byte[] begin(Slot slot, CompletableFuture<byte[]> bytes) {
    slot.bytes = bytes;
    kept += slot.gone ? 0 : 1;
    byte[] array = free.poll();
    return array == null ? new byte[size + SMALL] : array;
  }

  /// Sends for the windows behind this one, if the one before it was wanted too.
  private void fetchAhead(Window window, ExecutorService pool) {
    long end = packSize(window.pack());
    synchronized (slots) {
      Slot before = slots.get(new Window(window.pack(), window.from() - size));
      if (before == null || before.bytes == null) {
        return;
      }
      for (int i = 1; i <= ahead; i++) {
        Window next = new Window(window.pack(), window.from() + (long) i * size);
        if (next.from() >= end) {
          break;
        }
        Slot slot = slots.computeIfAbsent(next, _ -> new Slot());
        if (slot.bytes == null) {
          CompletableFuture<byte[]> future = new CompletableFuture<>();
          byte[] array = begin(slot, future);
          slot.unread = true;
          slot.readers++;
          send(pool, next, slot, future, array);
        }
      }
      makeRoom();
    }
  }

  private void send(
      ExecutorService pool,
      Window window,
      Slot slot,
      CompletableFuture<byte[]> future,
      byte[] into) {
    try {
      pool.execute(() -> {
        try {
          fetch(window, slot, future, into);
        } finally {
          leave(slot);
        }
      });
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: nobody is to wait for it.
      future.completeExceptionally(e);
      leave(slot);
    }
  }

  private void fetch(Window window, Slot slot, CompletableFuture<byte[]> future, byte[] into) {
    try {
      long left = packSize(window.pack()) - window.from();
      slot.length = Math.clamp(left, 0, into.length);
      store.read(key(window.pack()), window.from(), into, 0, slot.length);
      fetched.add(slot.length);
      future.complete(into);
    } catch (EngineException e) {
      future.completeExceptionally(e);
    } finally {
      future.completeExceptionally(new IllegalStateException("not fetched"));
    }
  }

  private long packSize(String pack) {
    Long found = sizes.get(pack);
    if (found == null) {
      sizes.putAll(index.get());
      found = sizes.get(pack);
    }
    return found == null ? 0 : found;
  }

  private void makeRoom() {
    var oldest = slots.values().iterator();
    while ((kept > KEPT || slots.size() > NOTED) && oldest.hasNext()) {
      Slot slot = oldest.next();
      kept -= slot.bytes == null ? 0 : 1;
      slot.gone = true;
      oldest.remove();
      recycle(slot);
    }
  }

  private void recycle(Slot slot) {
    CompletableFuture<byte[]> bytes = slot.bytes;
    if (slot.gone && slot.readers == 0 && bytes != null && !bytes.isCompletedExceptionally()) {
      free.add(bytes.join());
      slot.bytes = null;
    }
  }

  @Override
  public void close() {
    if (fetchers != null) {
      fetchers.close();
    }
  }
}
