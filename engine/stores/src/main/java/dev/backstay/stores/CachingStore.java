package dev.backstay.stores;

import dev.backstay.model.EngineException;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps index files, snapshots and the packs of trees on the local disk. What is kept has the name
/// of its own hash, and is checked against it before it is believed. Lists, sizes and whether a
/// file exists are never answered from here: the store is the truth.
///
/// Packs are fetched whole when a second tree of theirs is wanted; index files and snapshots when
/// they are listed, many at once.
public final class CachingStore extends ForwardingStore {

  private static final Logger LOG = LoggerFactory.getLogger(CachingStore.class);
  private static final Set<FileKind> WHOLE = EnumSet.of(FileKind.INDEX, FileKind.SNAPSHOT);
  private static final Set<FileKind> KEPT =
      EnumSet.of(FileKind.INDEX, FileKind.SNAPSHOT, FileKind.PACK);
  private static final long LARGEST_PACK = 64L << 20;

  private final CacheFolder folder;
  private final Set<String> wanted = ConcurrentHashMap.newKeySet();
  private final Set<String> sound = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Object[] turns = new Object[64];

  /// @param folder shared by all repositories
  /// @param limit bytes of all of them together
  public CachingStore(ObjectStore store, Path folder, long limit, InstantSource clock) {
    super(store);
    String place = Sha256.hex(store.location().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    this.folder = new CacheFolder(folder, place, limit, clock);
    Arrays.setAll(turns, _ -> new Object());
  }

  private static boolean holds(StoreKey key, byte[] bytes) {
    return Sha256.hex(bytes).equals(key.name());
  }

  @Override
  public void put(StoreKey key, byte[] bytes, int from, int length) {
    store.put(key, bytes, from, length);
    if (WHOLE.contains(key.kind())) {
      var _ = folder.write(key, bytes, from, length);
    }
  }

  @Override
  public byte[] get(StoreKey key) {
    if (!WHOLE.contains(key.kind())) {
      return store.get(key);
    }
    byte[] kept = folder.read(key);
    if (kept != null && holds(key, kept)) {
      return kept;
    }
    byte[] fetched = store.get(key);
    if (holds(key, fetched)) {
      var _ = folder.write(key, fetched, 0, fetched.length);
    }
    return fetched;
  }

  @Override
  public void readTree(StoreKey key, long offset, byte[] into, int from, int length) {
    if (fromFolder(key, offset, into, from, length)) {
      return;
    }
    if (refused.contains(key.name()) || wanted.add(key.name())) {
      store.readTree(key, offset, into, from, length);
      return;
    }
    synchronized (turns[Math.floorMod(key.name().hashCode(), turns.length)]) {
      if (!sound.contains(key.name())) {
        fetch(key);
      }
    }
    if (!fromFolder(key, offset, into, from, length)) {
      store.readTree(key, offset, into, from, length);
    }
  }

  private boolean fromFolder(StoreKey key, long offset, byte[] into, int from, int length) {
    if (!sound.contains(key.name()) && !verified(key)) {
      return false;
    }
    boolean read = folder.read(key, offset, into, from, length);
    if (!read) {
      sound.remove(key.name());
    }
    return read;
  }

  /// A pack that an earlier process kept is checked once.
  private boolean verified(StoreKey key) {
    synchronized (turns[Math.floorMod(key.name().hashCode(), turns.length)]) {
      if (sound.contains(key.name())) {
        return true;
      }
      byte[] kept = folder.read(key);
      if (kept == null) {
        return false;
      }
      if (!holds(key, kept)) {
        folder.remove(key);
        return false;
      }
      return sound.add(key.name());
    }
  }

  private void fetch(StoreKey key) {
    byte[] pack = store.size(key) <= LARGEST_PACK ? store.get(key) : new byte[0];
    if (holds(key, pack) && folder.write(key, pack, 0, pack.length)) {
      sound.add(key.name());
    } else {
      refused.add(key.name());
    }
  }

  @Override
  public List<StoredFile> list(FileKind kind) {
    List<StoredFile> files = store.list(kind);
    if (KEPT.contains(kind)) {
      folder.keepOnly(
          kind, files.stream().map(file -> file.key().name()).collect(Collectors.toSet()));
    }
    if (WHOLE.contains(kind)) {
      fetchAhead(files);
    }
    return files;
  }

  /// Whoever lists these kinds reads what is new of them next, mostly one after the other.
  private void fetchAhead(List<StoredFile> files) {
    List<StoreKey> fresh =
        files.stream()
            .map(StoredFile::key)
            .filter(key -> !refused.contains(key.name()) && !folder.has(key))
            .toList();
    if (fresh.size() > 1) {
      InParallel.each(fresh, capabilities().connections(), this::fetchQuietly);
    }
  }

  /// What goes wrong here goes wrong again, and is told, when the file is asked for.
  private void fetchQuietly(StoreKey key) {
    try {
      var _ = get(key);
    } catch (EngineException e) {
      LOG.debug("{} was not fetched ahead", key, e);
    }
    if (!folder.has(key)) {
      refused.add(key.name());
    }
  }

  @Override
  public void delete(StoreKey key) {
    drop(key);
    store.delete(key);
  }

  @Override
  public void deleteAll(Collection<StoreKey> keys) {
    keys.forEach(this::drop);
    store.deleteAll(keys);
  }

  private void drop(StoreKey key) {
    if (KEPT.contains(key.kind())) {
      sound.remove(key.name());
      folder.remove(key);
    }
  }
}
