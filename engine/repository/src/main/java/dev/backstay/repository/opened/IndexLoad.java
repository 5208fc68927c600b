package dev.backstay.repository.opened;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.EngineException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/// The whole index, read anew.
///
/// @param index what the readable files say
/// @param damaged the others
/// @param twice `index file` and `pack` of entries that name a pack again
public record IndexLoad(BlobIndex index, List<BadFile> damaged, List<Again> twice) {

  /// A file and why it cannot be used.
  public record BadFile(StoreKey file, EngineException error) {}

  /// A pack that an index file names though another one does already.
  public record Again(StoreKey file, String pack) {}

  /// With what a prune has set aside and is still there: for whoever only reads.
  public static IndexLoad complete(Opened opened, CancelToken cancel) {
    IndexLoad load = of(opened, cancel);
    List<IndexedPack> aside = opened.setAside().get();
    if (!aside.isEmpty()) {
      Set<String> there = new HashSet<>();
      opened.store().list(FileKind.PACK).forEach(file -> there.add(file.key().name()));
      aside.stream()
          .filter(pack -> there.contains(pack.id()))
          .forEach(pack -> load.index().add(pack.id(), pack.entries()));
    }
    return load;
  }

  public static IndexLoad of(Opened opened, CancelToken cancel) {
    BlobIndex index = new BlobIndex();
    List<BadFile> damaged = Collections.synchronizedList(new ArrayList<>());
    List<Again> twice = Collections.synchronizedList(new ArrayList<>());
    Set<StoreKey> seen = new HashSet<>();
    // Listed until nothing is new: a prune may rewrite the index between listing and reading it.
    for (List<StoreKey> fresh = fresh(opened, seen);
        !fresh.isEmpty();
        fresh = fresh(opened, seen)) {
      Crew.each(
          opened.readers(),
          fresh,
          cancel,
          file ->
              read(
                  opened,
                  file,
                  (pack, entries) -> {
                    if (!index.add(pack, entries)) {
                      twice.add(new Again(file, pack));
                    }
                  },
                  damaged));
    }
    return new IndexLoad(index, List.copyOf(damaged), List.copyOf(twice));
  }

  private static List<StoreKey> fresh(Opened opened, Set<StoreKey> seen) {
    return opened.store().list(FileKind.INDEX).stream()
        .map(StoredFile::key)
        .filter(seen::add)
        .toList();
  }

  private static void read(
      Opened opened,
      StoreKey file,
      BiConsumer<String, List<PackEntry>> packs,
      List<BadFile> damaged) {
    try {
      decode(opened, file, packs);
    } catch (NotFoundException e) {
      // Rewritten since it was listed.
    } catch (DamagedException e) {
      damaged.add(new BadFile(file, e));
    }
  }

  /// Reads one index file; nothing is passed on of one that is damaged anywhere.
  ///
  /// @throws DamagedException if it does not hold
  public static void decode(
      Opened opened, StoreKey file, BiConsumer<String, List<PackEntry>> packs) {
    List<IndexFile.IndexedPack> all = new ArrayList<>();
    IndexFile.decode(
        opened.files().load(file),
        file,
        (pack, entries) -> all.add(new IndexFile.IndexedPack(pack, entries)));
    all.forEach(pack -> packs.accept(pack.id(), pack.entries()));
  }
}
