package dev.backstay.repository;

import dev.backstay.model.DamagedException;
import dev.backstay.model.ItemFailure;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.index.IndexCache;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The index, loaded when first asked for and completed when something is not in it: others may
/// have written meanwhile. What a cache file of this machine holds is not read again.
class LoadedIndex implements AutoCloseable {

  /// Bytes of new index files from which on they are sorted into a table of their own.
  private static final long MANY = 1 << 20;

  /// The cache file is written again when more than one part in so many is not in it.
  private static final int WORTH = 16;

  private final ObjectStore store;
  private final SealedFiles files;
  private final FoundDamage damage;
  private final @Nullable IndexCache cache;
  private final Set<String> damaged = new HashSet<>();
  private BlobIndex index = new BlobIndex();
  private @Nullable CacheRefresh refresh;
  private long unsaved;
  private boolean complete;

  LoadedIndex(ObjectStore store, SealedFiles files, FoundDamage damage) {
    this(store, files, damage, null);
  }

  LoadedIndex(
      ObjectStore store, SealedFiles files, FoundDamage damage, @Nullable IndexCache cache) {
    this.store = store;
    this.files = files;
    this.damage = damage;
    this.cache = cache;
  }

  BlobIndex index() {
    return ensure();
  }

  private synchronized BlobIndex ensure() {
    if (!complete) {
      if (cache != null) {
        index = cache.read().orElse(index);
      }
      reload();
      complete = true;
    }
    return index;
  }

  /// Reads index files that are new and forgets those that vanished.
  synchronized void reload() {
    List<StoredFile> listed = store.list(FileKind.INDEX);
    Set<String> known = index.files();
    List<StoredFile> fresh =
        listed.stream()
            .filter(file -> !known.contains(file.key().name()))
            .filter(file -> !damaged.contains(file.key().name()))
            .toList();
    read(fresh);
    listed.forEach(file -> known.remove(file.key().name()));
    index.drop(known);
    refreshCache(bytes(listed), bytes(fresh), known.size());
  }

  private static long bytes(List<StoredFile> files) {
    return files.stream().mapToLong(StoredFile::size).sum();
  }

  /// A few new index files are not worth it: to read them again costs less than to write what all
  /// of them say.
  private void refreshCache(long all, long fresh, int vanished) {
    unsaved += fresh + (vanished > 0 ? all : 0);
    if (cache != null && unsaved > all / WORTH) {
      unsaved = 0;
      refresh = CacheRefresh.start(refresh, cache, index);
    }
  }

  private void read(List<StoredFile> fresh) {
    if (bytes(fresh) < MANY) {
      new IndexReaders(store, files).read(fresh, index::add, this::unreadable);
      return;
    }
    BlobIndex.Load load = index.load();
    new IndexReaders(store, files).read(fresh, load::add, this::unreadable);
    load.finish();
  }

  /// What it named is as if it were not there: the rest can be read, and a backup stores it again.
  private void unreadable(StoreKey file, DamagedException e) {
    damage.add(file, e);
    synchronized (damaged) {
      damaged.add(file.name());
    }
  }

  /// Compares the index with the packs that are there, so that a backup stores again what is not: a
  /// missing pack must neither block new backups nor leave holes in them.
  void verifyPacks() {
    // The index first: whatever it names was stored before.
    Map<String, Long> missing = index().packSizes();
    for (StoredFile pack : store.list(FileKind.PACK)) {
      missing.computeIfPresent(pack.key().name(), (_, size) -> pack.size() < size ? size : null);
    }
    index().lose(missing.keySet());
    for (String pack : missing.keySet()) {
      damage.add(
          new ItemFailure(
              FileKind.PACK.folder() + "/" + pack,
              "repository.pack-missing",
              "the pack is named by the index and is missing or cut short; backups store again what"
                  + " they need of it",
              "run 'repo check' to see which snapshots it affects; restore the file from a copy of"
                  + " the repository"));
    }
  }

  /// All places of a blob; none if it is not in the repository.
  List<BlobPlace> places(BlobKind kind, BlobId id) {
    List<BlobPlace> places = index().findAll(kind, id);
    if (places.isEmpty()) {
      reload();
      places = index().findAll(kind, id);
    }
    return places;
  }

  /// Waits until the cache file is written, if it is being written.
  @Override
  public void close() {
    CacheRefresh running;
    synchronized (this) {
      running = refresh;
    }
    if (running != null) {
      running.await();
    }
    synchronized (this) {
      index.close();
    }
  }
}
