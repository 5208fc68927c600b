package dev.backstay.repository.prune;

import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Everything that prunes have set aside and not deleted yet. For a writer these packs are as if
/// they were not there; a reader that finds a blob nowhere else takes it from them.
public final class HiddenPacks {

  private final List<CandidateFile> files;

  private HiddenPacks(List<CandidateFile> files) {
    this.files = List.copyOf(files);
  }

  /// Reads all candidate files. Costs one listing where nothing is set aside. One that cannot be
  /// read hides nothing from a writer: a prune cannot delete by it either.
  public static HiddenPacks load(ObjectStore store, SealedFiles sealed) {
    return load(sealed, names(store));
  }

  /// Reads those that are not known yet.
  static HiddenPacks loadNew(ObjectStore store, SealedFiles sealed, Set<String> known) {
    Set<String> fresh = names(store);
    fresh.removeAll(known);
    return load(sealed, fresh);
  }

  private static Set<String> names(ObjectStore store) {
    return store.list(FileKind.CANDIDATES).stream()
        .map(StoredFile::key)
        .map(StoreKey::name)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static HiddenPacks load(SealedFiles sealed, Collection<String> names) {
    List<CandidateFile> files = new ArrayList<>();
    for (String name : names.stream().sorted().toList()) {
      try {
        files.add(CandidateFile.decode(sealed.load(new StoreKey(FileKind.CANDIDATES, name)), name));
      } catch (NotFoundException | DamagedException e) {
        // Deleted since it was listed: its packs are gone, or back in the index. Or unreadable.
      }
    }
    return new HiddenPacks(files);
  }

  List<CandidateFile> files() {
    return files;
  }

  public boolean isEmpty() {
    return files.isEmpty();
  }

  /// The names of the candidate files.
  public Set<String> names() {
    return files.stream().map(CandidateFile::name).collect(Collectors.toSet());
  }

  /// The ids of the packs.
  public Set<String> packs() {
    return files.stream()
        .flatMap(file -> file.packs().stream())
        .map(IndexedPack::id)
        .collect(Collectors.toSet());
  }

  /// With all that the index said of them.
  public List<IndexedPack> indexed() {
    return files.stream().flatMap(file -> file.packs().stream()).toList();
  }

  /// All places of a blob in them.
  public List<BlobPlace> places(BlobKind kind, BlobId id) {
    List<BlobPlace> places = new ArrayList<>();
    for (CandidateFile file : files) {
      for (IndexedPack pack : file.packs()) {
        for (PackEntry e : pack.entries()) {
          if (e.kind() == kind && e.id().equals(id)) {
            places.add(new BlobPlace(pack.id(), e.offset(), e.length(), e.plainLength()));
          }
        }
      }
    }
    return places;
  }
}
