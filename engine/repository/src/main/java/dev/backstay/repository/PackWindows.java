package dev.backstay.repository;

import dev.backstay.model.EngineException;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.util.Arrays;
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

  /// A window that was asked for once, or one whose bytes are there or on their way.
  private static final class Slot {
    private @Nullable CompletableFuture<byte[]> bytes;
  }

  /// The least recently wanted goes first.
  private static final class Slots extends LinkedHashMap<Window, Slot> {
    private static final long serialVersionUID = 1L;

    Slots() {
      super(64, 0.75f, true);
    }
  }

  /// The sealed bytes at a place.
  byte[] read(BlobPlace place) {
    byte[] window = place.length() > SMALL ? null : window(place);
    if (window == null) {
      return direct(place);
    }
    int from = (int) (place.offset() % WINDOW);
    return from + place.length() > window.length
        ? direct(place)
        : Arrays.copyOfRange(window, from, from + place.length());
  }

  /// From the store itself, whatever is kept here.
  byte[] direct(BlobPlace place) {
    byte[] sealed = new byte[place.length()];
    store.read(key(place.pack()), place.offset(), sealed, 0, sealed.length);
    return sealed;
  }

  /// The sealed bytes of a tree, which a cache of the store may have.
  byte[] tree(BlobPlace place) {
    byte[] sealed = new byte[place.length()];
    store.readTree(key(place.pack()), place.offset(), sealed, 0, sealed.length);
    return sealed;
  }

  private static StoreKey key(String pack) {
    return new StoreKey(FileKind.PACK, pack);
  }

  private byte @Nullable [] window(BlobPlace place) {
    Window window = new Window(place.pack(), place.offset() / WINDOW);
    CompletableFuture<byte[]> mine = null;
    CompletableFuture<byte[]> bytes;
    synchronized (slots) {
      Slot slot = slots.get(window);
      if (slot == null) {
        slots.put(window, new Slot());
        makeRoom();
        return null;
      }
      bytes = slot.bytes;
      if (bytes == null) {
        mine = new CompletableFuture<>();
        bytes = mine;
        slot.bytes = mine;
        kept++;
        makeRoom();
      }
    }
    if (mine != null) {
      fetch(window, mine);
    }
    return result(bytes);
  }

  /// Whoever waits for a window that could not be had asks for the blob alone, and gets the error
  /// of that.
  private static byte @Nullable [] result(CompletableFuture<byte[]> bytes) {
    try {
      return bytes.join();
    } catch (CompletionException e) {
      return null;
    }
  }

  private void fetch(Window window, CompletableFuture<byte[]> into) {
    try {
      long left = size(window.pack()) - window.from();
      byte[] bytes = new byte[Math.clamp(left, 0, WINDOW + SMALL)];
      store.read(key(window.pack()), window.from(), bytes, 0, bytes.length);
      into.complete(bytes);
    } catch (EngineException e) {
      into.completeExceptionally(e);
    } finally {
      into.completeExceptionally(new IllegalStateException("not fetched"));
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
      kept -= oldest.next().bytes == null ? 0 : 1;
      oldest.remove();
    }
  }
}
