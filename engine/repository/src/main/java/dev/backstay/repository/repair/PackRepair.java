package dev.backstay.repository.repair;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.DamagedException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.index.PackContents;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.opened.Crew;
import dev.backstay.repository.opened.IndexLoad;
import dev.backstay.repository.opened.IndexRewrite;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.PackAudit;
import dev.backstay.repository.opened.PackAuditor;
import dev.backstay.repository.opened.PackHeaders;
import dev.backstay.repository.opened.PackWriter;
import dev.backstay.repository.opened.StoreState;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.repair.PackRepairPlan.DamagedPack;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Saves what is intact in damaged packs into new ones and takes the damaged ones away (restic
/// `repair packs`). New packs, then the index, then the old packs: cut off anywhere, everything
/// that could be read still can.
public final class PackRepair {

  /// Receives a damaged pack before it is deleted.
  @FunctionalInterface
  public interface Keep {
    /// Nobody keeps anything.
    Keep NOTHING = (_, _) -> {};

    /// @param pack its id
    /// @param bytes the damaged file
    void keep(String pack, byte[] bytes);
  }

  private final Opened opened;

  public PackRepair(Opened opened) {
    this.opened = opened;
  }

  /// Reads packs from front to back.
  ///
  /// @param wanted beginnings of their ids; none for all that the index names
  /// @throws InvalidInputException if a beginning is ambiguous
  /// @throws NotFoundException if there is no such pack
  /// @throws ConflictException if an index file cannot be read: that is repaired first
  public PackRepairPlan plan(Collection<String> wanted, CancelToken cancel, Meter meter) {
    StoreState state = StoreState.of(opened.store());
    BlobIndex index = index(cancel);
    Map<String, Long> sizes = sizes();
    Set<String> indexed = new HashSet<>(index.packs());
    Set<String> ids = new TreeSet<>(wanted.isEmpty() ? indexed : Set.of());
    wanted.forEach(beginning -> ids.add(PackNames.find(beginning, indexed, sizes.keySet())));
    BlobFetcher others = new BlobFetcher(opened, index);
    List<DamagedPack> damaged = Collections.synchronizedList(new ArrayList<>());
    List<ItemFailure> unreadable = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger sound = new AtomicInteger();
    PackContents contents = index.byPack();
    PackAuditor auditor = new PackAuditor(opened);
    Crew.each(
        auditor.callers(),
        ids,
        cancel,
        pack -> {
          PackAudit audit = audit(auditor, pack, sizes.get(pack), contents.of(pack));
          if (audit.sound()) {
            sound.incrementAndGet();
          } else if (audit.whole()) {
            damaged.add(describe(audit, !sizes.containsKey(pack), others));
          } else {
            unreadable.add(unreadable(audit));
          }
          meter.add(1, audit.bytes());
        });
    damaged.sort(Comparator.comparing(DamagedPack::id));
    return new PackRepairPlan(
        List.copyOf(damaged),
        sound.get(),
        unreadable.stream().sorted(Comparator.comparing(ItemFailure::item)).toList(),
        state);
  }

  private BlobIndex index(CancelToken cancel) {
    IndexLoad load = IndexLoad.of(opened, cancel);
    if (!load.damaged().isEmpty()) {
      throw new ConflictException(
          "repository.index-first",
          "the file " + load.damaged().getFirst().file() + " of the index cannot be read",
          "run 'repo repair index' first");
    }
    return load.index();
  }

  private Map<String, Long> sizes() {
    Map<String, Long> sizes = new HashMap<>();
    for (StoredFile file : opened.store().list(FileKind.PACK)) {
      sizes.put(file.key().name(), file.size());
    }
    return sizes;
  }

  /// @param size of the file, or null if the listing lacks it
  private PackAudit audit(
      PackAuditor auditor, String pack, @Nullable Long size, List<PackEntry> indexed) {
    if (size == null) {
      return missing(pack, indexed);
    }
    try {
      return auditor.audit(pack, size, named(pack, size, indexed));
    } catch (StorageException e) {
      // A bad sector ends what is known of one pack, not the repair of the others.
      String problem = "cannot be read: " + e.getMessage();
      return new PackAudit(pack, size, List.of(problem), List.of(), indexed, false);
    }
  }

  /// A listing may be stale, so a pack that it lacks is asked for.
  private PackAudit missing(String pack, List<PackEntry> indexed) {
    boolean there = opened.store().exists(key(pack));
    String problem = there ? "is not listed by the store, and is there" : "does not exist";
    return new PackAudit(pack, 0, List.of(problem), List.of(), indexed, !there);
  }

  /// A pack that no index file names is what its header says.
  private List<PackEntry> named(String pack, long size, List<PackEntry> indexed) {
    return indexed.isEmpty() ? new PackHeaders(opened).read(pack, size).orElse(indexed) : indexed;
  }

  private static ItemFailure unreadable(PackAudit audit) {
    return new ItemFailure(
        "data/" + audit.pack(),
        "repository.pack-unreadable",
        "the pack " + audit.problems().getFirst(),
        "nothing was done about it: look at the disk or connection and plan the repair again;"
            + " from a failing disk save the file first, with a tool that reads around bad"
            + " sectors");
  }

  private static DamagedPack describe(PackAudit audit, boolean missing, BlobFetcher others) {
    List<String> lost = new ArrayList<>();
    for (PackEntry entry : audit.lost()) {
      if (!intact(others, entry)) {
        lost.add(entry.kind().word() + " " + entry.id());
      }
    }
    return new DamagedPack(
        audit.pack(),
        audit.problems(),
        missing,
        audit.intact().size(),
        audit.intact().stream().mapToLong(PackEntry::length).sum(),
        List.copyOf(lost),
        audit.lost().size() - lost.size());
  }

  private static boolean intact(BlobFetcher others, PackEntry entry) {
    try {
      others.load(entry.kind(), entry.id());
      return true;
    } catch (DamagedException | StorageException e) {
      return false;
    }
  }

  /// @param keep gets each damaged pack before anything is changed
  /// @throws dev.backstay.model.LockedException if somebody else works with the repository
  /// @throws ConflictException if it has changed since the plan was made
  public void apply(PackRepairPlan plan, Keep keep, CancelToken cancel, Meter meter) {
    if (plan.isEmpty()) {
      return;
    }
    try (RepositoryLock lock = opened.lockAlone();
        PackWriter writer = new PackWriter(opened, false)) {
      plan.state().confirm(opened.store());
      PackContents contents = index(cancel).byPack();
      Map<String, Long> sizes = sizes();
      PackAuditor auditor = new PackAuditor(opened);
      Salvage salvage = new Salvage(opened, writer);
      Set<String> dropped = new HashSet<>();
      for (DamagedPack pack : plan.packs()) {
        cancel.checkpoint();
        Long size = sizes.get(pack.id());
        PackAudit audit = audit(auditor, pack.id(), size, contents.of(pack.id()));
        confirm(pack, audit);
        if (!audit.sound()) {
          dropped.add(pack.id());
          if (size != null) {
            keep.keep(pack.id(), opened.store().get(key(pack.id())));
            salvage.save(audit);
          }
        }
        meter.add(1, size == null ? 0 : size);
      }
      List<IndexedPack> saved = writer.flush(cancel);
      new IndexRewrite(opened, dropped, Set.of(), Set.of())
          .apply(packs -> saved.forEach(packs), cancel, lock);
      dropped.stream().filter(sizes::containsKey).map(PackRepair::key).forEach(this::delete);
    }
  }

  /// What a second reading shows less of than the plan promised is not lost: the reading is wrong.
  private static void confirm(DamagedPack planned, PackAudit now) {
    long bytes = now.intact().stream().mapToLong(PackEntry::length).sum();
    if (!now.whole() || now.intact().size() < planned.blobs() || bytes < planned.bytes()) {
      throw new ConflictException(
          "repository.changed",
          "less of the pack " + planned.id() + " can be read than a moment ago",
          "look at the disk or connection, then make the plan again");
    }
  }

  private static StoreKey key(String pack) {
    return new StoreKey(FileKind.PACK, pack);
  }

  private void delete(StoreKey pack) {
    opened.store().delete(pack);
  }
}
