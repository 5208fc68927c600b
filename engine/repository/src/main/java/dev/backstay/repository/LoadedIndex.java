package dev.backstay.repository;

import dev.backstay.model.DamagedException;
import dev.backstay.model.ItemFailure;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.index.IndexCache;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.prune.HiddenPacks;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
  private final int readers;
  private final @Nullable IndexCache cache;
  private final Set<String> damaged = new HashSet<>();
  private BlobIndex index = new BlobIndex();
  private @Nullable CacheRefresh refresh;
  private long unsaved;
  private boolean complete;
  // Packs that the present index takes for absent.
  private Set<String> hidden = Set.of();
  // How many writers work with which index.
  private final IdentityHashMap<BlobIndex, Integer> lent = new IdentityHashMap<>();

  /// On the caller's thread alone, and without a cache.
  LoadedIndex(ObjectStore store, SealedFiles files, FoundDamage damage) {
    this(store, files, damage, 1, null);
  }

  /// @param readers how many index files are read at once
  LoadedIndex(
      ObjectStore store,
      SealedFiles files,
      FoundDamage damage,
      int readers,
      @Nullable IndexCache cache) {
    this.readers = readers;
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
      load();
    }
    return index;
  }

  private void load() {
    if (cache != null) {
      index = cache.read().orElse(index);
    }
    reload();
    complete = true;
  }

  /// Reads index files that are new and forgets those that vanished; not while a writer relies on
  /// what they said.
  ///
  /// @return whether the index is what the files of now say
  private synchronized boolean reload() {
    List<StoredFile> listed = store.list(FileKind.INDEX);
    Set<String> known = index.files();
    List<StoredFile> fresh = unknown(listed, known);
    read(fresh, index);
    listed.forEach(file -> known.remove(file.key().name()));
    int vanished = known.size();
    forgetDamage(listed);
    boolean free = !lent.containsKey(index);
    if (free) {
      index.drop(known);
    }
    refreshCache(bytes(listed), bytes(fresh), vanished);
    return free || vanished == 0;
  }

  /// What is there now instead of what was damaged when it was looked at last.
  private void forgetDamage(List<StoredFile> listed) {
    if (damage.isAny(FileKind.INDEX)) {
      Set<String> there = new HashSet<>();
      listed.forEach(file -> there.add(file.key().name()));
      damage.retain(FileKind.INDEX, there::contains);
    }
  }

  /// Looks whether a repair has mended what was found damaged, if anything was.
  synchronized void lookAgain() {
    if (complete && damage.isAny(FileKind.INDEX)) {
      reload();
    }
    if (complete && damage.isAny(FileKind.PACK)) {
      try (BlobIndex now = afresh()) {
        damage.retain(FileKind.PACK, now.packSizes()::containsKey);
      }
    }
  }

  /// For a new writer: exactly what the index files of now say. What a prune took out of the index
  /// is not there any more, though this process stored it itself, and what it sets aside is as if
  /// it were not. Writers that are at work keep theirs.
  private void renew(Set<String> setAside) {
    boolean present = true;
    if (complete) {
      present = reload();
    } else {
      load();
    }
    if (!present || index.holdsUnnamed() || !setAside.equals(hidden)) {
      BlobIndex old = index;
      if (refresh != null) {
        refresh.await();
      }
      complete = false;
      index = new BlobIndex();
      damaged.clear();
      hidden = Set.copyOf(setAside);
      load();
      if (!lent.containsKey(old)) {
        old.close();
      }
    }
  }

  /// An index for a new writer, which gives it back when it is done.
  ///
  /// @param setAside packs that are as if they were not there
  synchronized BlobIndex lend(Set<String> setAside) {
    renew(setAside);
    lent.merge(index, 1, Integer::sum);
    return index;
  }

  synchronized void giveBack(BlobIndex borrowed) {
    boolean last = lent.computeIfPresent(borrowed, (_, n) -> n == 1 ? null : n - 1) == null;
    if (last && borrowed != index) {
      borrowed.close();
    }
  }

  /// Reads into a writer's index what others have stored since, so that it does not store it too.
  /// That is as safe as what was there in the beginning: the writer has held its lock before. What
  /// it takes for absent stays absent, and index files that vanished still count.
  ///
  /// @param own names of the index files that the writer has stored itself
  /// @return how many index files were new
  synchronized int catchUp(BlobIndex borrowed, Set<String> own) {
    Set<String> known = borrowed.files();
    known.addAll(own);
    List<StoredFile> fresh = unknown(store.list(FileKind.INDEX), known);
    read(fresh, borrowed);
    return fresh.size();
  }

  private List<StoredFile> unknown(List<StoredFile> listed, Set<String> known) {
    return listed.stream()
        .filter(file -> !known.contains(file.key().name()))
        .filter(file -> !damaged.contains(file.key().name()))
        .toList();
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

  private void read(List<StoredFile> fresh, BlobIndex into) {
    if (bytes(fresh) < MANY) {
      new IndexReaders(files, readers).read(fresh, into::add, this::unreadable);
      return;
    }
    BlobIndex.Load load = into.load();
    new IndexReaders(files, readers).read(fresh, load::add, this::unreadable);
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
  ///
  /// @param borrowed what a writer works with
  /// @param setAside what it was [lent][#lend] without
  void verifyPacks(BlobIndex borrowed, Set<String> setAside) {
    // The index first: whatever it names was stored before.
    Map<String, Long> missing = borrowed.packSizes();
    for (StoredFile pack : store.list(FileKind.PACK)) {
      missing.computeIfPresent(pack.key().name(), (_, size) -> pack.size() < size ? size : null);
    }
    damage.retain(FileKind.PACK, missing::containsKey);
    Set<String> lost = new HashSet<>(missing.keySet());
    lost.addAll(setAside);
    borrowed.lose(lost);
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
    return places.isEmpty() ? HiddenPacks.load(store, files).places(kind, id) : places;
  }

  /// The same where what was loaded leads to packs that are gone: a prune has moved it.
  List<BlobPlace> placesAfresh(BlobKind kind, BlobId id) {
    Set<String> setAside = HiddenPacks.load(store, files).packs();
    synchronized (this) {
      renew(setAside);
    }
    return places(kind, id);
  }

  /// What the index files of now say, and nothing else. Close it.
  BlobIndex afresh() {
    LoadedIndex fresh = new LoadedIndex(store, files, damage, readers, cache);
    BlobIndex read = fresh.ensure();
    if (fresh.refresh != null) {
      fresh.refresh.await();
    }
    return read;
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
