package dev.backstay.repository;

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
import java.util.Set;

/// The index, loaded when first asked for and completed when something is not in it: others may have
/// written meanwhile.
class LoadedIndex {

  private final ObjectStore store;
  private final SealedFiles files;
  private final BlobIndex index = new BlobIndex();
  private final Set<String> loaded = new HashSet<>();
  private boolean complete;

  LoadedIndex(ObjectStore store, SealedFiles files) {
    this.store = store;
    this.files = files;
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
    byte[] json;
    try {
      json = files.load(file.key());
    } catch (NotFoundException e) {
      // Somebody rewrote the index since it was listed: what it said stands in a newer file.
      return;
    }
    IndexFile.decode(json, file.key(), index::add);
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
