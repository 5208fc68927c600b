package dev.backstay.repository;

import dev.backstay.model.DamagedException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The index, loaded when first asked for and completed when something is not in it: others may
/// have written meanwhile.
class LoadedIndex {

  private static final Logger LOG = LoggerFactory.getLogger(LoadedIndex.class);

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
    try {
      IndexFile.decode(files.load(file.key()), file.key(), index::add);
    } catch (NotFoundException e) {
      // Somebody rewrote the index since it was listed: what it said stands in a newer file.
    } catch (DamagedException e) {
      // What it named is as if it were not there: the rest can be read, and a backup stores it
      // again.
      LOG.warn("{}", e.getMessage());
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
