package dev.backstay.repository;

import dev.backstay.model.EngineException;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Fetches sealed blobs; small ones that lie close together in one request.
///
/// A pack is seen as windows. The first blob wanted of a window is fetched alone; when a second one
/// is, the window is fetched whole and kept a while. So a scattered read costs what it did, and
/// neighbours, as a folder's files are, cost one request for hundreds. Safe for use by many
/// threads; memory is a few windows.
final class PackWindows {

  static final int WINDOW = 512 << 10;
  static final int SMALL = 64 << 10;
  private static final int KEPT = 24;
  private static final int NOTED = 4096;

  private final ObjectStore store;
  private final LoadedIndex index;
  private final Map<Window, Slot> slots = new Slots();
  private final Map<String, Long> sizes = new ConcurrentHashMap<>();
  private final Deque<byte[]> free = new ArrayDeque<>();
  private int kept;

  PackWindows(ObjectStore store, LoadedIndex index) {
    this.store = store;
    this.index = index;
  }

  private record Window(String pack, long number) {
    long from() {
      return number * WINDOW;
    }
  }

  /// A window that was asked for once, or one whose bytes are there or on their way. Its array is
  /// used again when it has gone and nobody reads it any more.
  private static final class Slot {
    private @Nullable CompletableFuture<byte[]> bytes;
    private int length;
    private int readers;
    private boolean gone;
  }

  /// The least recently wanted goes first.
  private static final class Slots extends LinkedHashMap<Window, Slot> {
    private static final long serialVersionUID = 1L;

    Slots() {
      super(64, 0.75f, true);
    }
  }

  /// Puts the sealed bytes at a place to the start of an array.
  void read(BlobPlace place, byte[] into) {
    if (place.length() > SMALL || !near(place, into)) {
      direct(place, into);
    }
  }

  /// @return false if it was not to be had
  private boolean near(BlobPlace place, byte[] into) {
    Window window = new Window(place.pack(), place.offset() / WINDOW);
    Slot slot = enter(window);
    if (slot == null) {
      return false;
    }
    try {
      byte[] bytes = bytes(window, slot);
      int from = (int) (place.offset() % WINDOW);
      if (bytes == null || from + place.length() > slot.length) {
        return false;
      }
      System.arraycopy(bytes, from, into, 0, place.length());
      return true;
    } finally {
      leave(slot);
    }
  }

  /// From the store itself, whatever is kept here.
  void direct(BlobPlace place, byte[] into) {
    store.read(key(place.pack()), place.offset(), into, 0, place.length());
  }

  /// Those of a tree, which a cache of the store may have.
  void tree(BlobPlace place, byte[] into) {
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
    synchronized (slots) {
      bytes = slot.bytes;
      if (bytes == null) {
        bytes = new CompletableFuture<>();
        slot.bytes = bytes;
        mine = free.poll();
        mine = mine == null ? new byte[WINDOW + SMALL] : mine;
        if (!slot.gone) {
          kept++;
          makeRoom();
        }
      }
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

  private void fetch(Window window, Slot slot, CompletableFuture<byte[]> future, byte[] into) {
    try {
      long left = size(window.pack()) - window.from();
      slot.length = Math.clamp(left, 0, into.length);
      store.read(key(window.pack()), window.from(), into, 0, slot.length);
      future.complete(into);
    } catch (EngineException e) {
      future.completeExceptionally(e);
    } finally {
      future.completeExceptionally(new IllegalStateException("not fetched"));
    }
  }

  private long size(String pack) {
    Long size = sizes.get(pack);
    if (size == null) {
      sizes.putAll(index.index().packSizes());
      size = sizes.get(pack);
    }
    return size == null ? 0 : size;
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
}
