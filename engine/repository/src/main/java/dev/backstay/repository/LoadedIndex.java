package dev.backstay.repository;

import dev.backstay.model.DamagedException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoredFile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The index, loaded when first asked for and completed when something is not in it: others may
/// have written meanwhile.
class LoadedIndex {

  private final ObjectStore store;
  private final SealedFiles files;
  private final FoundDamage damage;
  private final BlobIndex index = new BlobIndex();
  private final Set<String> loaded = new HashSet<>();
  private boolean complete;

  LoadedIndex(ObjectStore store, SealedFiles files, FoundDamage damage) {
    this.store = store;
    this.files = files;
    this.damage = damage;
  }

  BlobIndex index() {
    ensure();
    return index;
  }

  private synchronized void ensure() {
    if (!complete) {
      reload();
      complete = true;
    }
  }

  /// Reads index files that are new.
  synchronized void reload() {
    List<StoredFile> fresh =
        store.list(FileKind.INDEX).stream()
            .filter(file -> !loaded.contains(file.key().name()))
            .toList();
    fresh.parallelStream().forEach(this::load);
    fresh.forEach(file -> loaded.add(file.key().name()));
  }

  private void load(StoredFile file) {
    try {
      IndexFile.decode(files.load(file.key()), file.key(), index::add);
    } catch (NotFoundException e) {
      // Somebody rewrote the index since it was listed: what it said stands in a newer file.
    } catch (DamagedException e) {
      // What it named is as if it were not there: the rest can be read, and a backup stores it
      // again.
      damage.add(file.key(), e);
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
    index.lose(missing.keySet());
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
      places = index.findAll(kind, id);
    }
    return places;
  }
}
