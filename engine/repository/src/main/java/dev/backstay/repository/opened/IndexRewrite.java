package dev.backstay.repository.opened;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.DamagedException;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Changes what the index says, one index file in memory at a time: new files are written before
/// the ones that they take the place of are deleted. Files that need no change stay. Under an
/// exclusive lock only.
public final class IndexRewrite {

  private final Opened opened;
  private final Set<String> dropped;
  private final Set<String> repeated;
  private final Set<StoreKey> damaged;

  /// @param dropped packs whose entries go
  /// @param repeated packs that several files name alike: one entry stays
  /// @param damaged index files that cannot be read: they go
  public IndexRewrite(
      Opened opened, Set<String> dropped, Set<String> repeated, Set<StoreKey> damaged) {
    this.opened = opened;
    this.dropped = Set.copyOf(dropped);
    this.repeated = Set.copyOf(repeated);
    this.damaged = Set.copyOf(damaged);
  }

  /// Passes on packs that the index is to name from now on.
  @FunctionalInterface
  public interface Added {
    void each(Consumer<IndexedPack> packs);
  }

  /// @param lock confirmed before anything is deleted
  public void apply(Added added, CancelToken cancel, RepositoryLock lock) {
    confirmDamage();
    // Listed before anything is written: what this writes must not be taken for what it replaces.
    List<StoredFile> before = opened.store().list(FileKind.INDEX);
    IndexWriter out = new IndexWriter(opened);
    added.each(pack -> out.add(pack.id(), pack.entries()));
    List<StoreKey> obsolete = new ArrayList<>(damaged);
    Set<String> kept = new HashSet<>();
    for (StoredFile file : before) {
      cancel.checkpoint();
      if (!damaged.contains(file.key())) {
        rewrite(file.key(), out, kept, obsolete);
      }
    }
    cancel.checkpoint();
    out.flush();
    lock.confirm();
    // From here on it is finished rather than cancelled: both old and new say the same.
    ObjectStore store = opened.store();
    obsolete.forEach(store::delete);
  }

  private void rewrite(StoreKey file, IndexWriter out, Set<String> kept, List<StoreKey> obsolete) {
    List<IndexedPack> packs = new ArrayList<>();
    IndexLoad.decode(opened, file, (pack, entries) -> packs.add(new IndexedPack(pack, entries)));
    Set<String> here = new HashSet<>();
    boolean fits = !packs.isEmpty() && packs.stream().allMatch(p -> stays(p.id(), kept, here));
    if (fits) {
      here.forEach(pack -> remember(pack, kept));
      return;
    }
    for (IndexedPack pack : packs) {
      if (!dropped.contains(pack.id()) && remember(pack.id(), kept)) {
        out.add(pack.id(), pack.entries());
      }
    }
    obsolete.add(file);
  }

  private boolean stays(String pack, Set<String> kept, Set<String> here) {
    return !dropped.contains(pack) && !kept.contains(pack) && here.add(pack);
  }

  /// @return whether it is the first of its name
  private boolean remember(String pack, Set<String> kept) {
    return !repeated.contains(pack) || kept.add(pack);
  }

  private void confirmDamage() {
    for (StoreKey file : damaged) {
      try {
        IndexLoad.decode(opened, file, (String _, List<PackEntry> _) -> {});
      } catch (DamagedException e) {
        continue;
      }
      throw new ConflictException(
          "repository.changed",
          "the file " + file + " can be read now and could not be read before",
          "look at the disk or connection, then make the plan again");
    }
  }
}
