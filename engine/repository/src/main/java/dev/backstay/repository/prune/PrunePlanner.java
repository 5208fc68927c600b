package dev.backstay.repository.prune;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.lock.HeldLock;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes plans under a shared lock; changes nothing else.
public final class PrunePlanner {

  private static final int RECENT = 20;

  private final PruneGround ground;
  private final PruneOptions options;
  private final CancelToken cancel;

  private PrunePlanner(PruneGround ground, PruneOptions options, CancelToken cancel) {
    this.ground = ground;
    this.options = options;
    this.cancel = cancel;
  }

  /// @param meter gets trees and their plain bytes
  /// @throws dev.backstay.model.DamagedException if anything is missing that a snapshot needs
  /// @throws dev.backstay.model.ConflictException if the snapshots are suspiciously few
  public static PrunePlan plan(
      PruneGround ground, PruneOptions options, CancelToken cancel, Meter meter) {
    return new PrunePlanner(ground, options, cancel).plan(meter);
  }

  private PrunePlan plan(Meter meter) {
    try (RepositoryLock held = ground.lock().apply(false)) {
      SetAside looked = SetAside.look(ground, options, held.origin());
      // Snapshots, then packs, then the index: what a snapshot names was stored and indexed before.
      Set<String> ids = SnapshotListing.ids(ground);
      ids.removeAll(options.asIfForgotten());
      List<Snapshot> snapshots = SnapshotListing.load(ground, ids);
      Map<String, Long> sizes = sizes();
      StrictIndex index = new StrictIndex(ground);
      index.load(cancel);
      SetAside aside = looked.withCandidates(ground, options);
      addUnlisted(sizes, index.table());
      SnapshotListing.refuseCollapse(
          ids.size(), aside.snapshotsBefore(), index.table().packCount() > 0, options);
      aside.candidates().forEach(file -> addHidden(index.table(), file));
      UsedBlobs used = new UsedBlobs();
      new Mark(ground, index.table(), used, cancel, meter)
          .run(snapshots.stream().map(Snapshot::tree).collect(Collectors.toSet()));
      PackChoice choice = new PackChoice(index.table(), used, sizes, options).decide();
      List<String> lockless = lockless(snapshots);
      List<String> obstacles = new ArrayList<>(lockless);
      obstacles.addAll(foreignLocks(ground, held.origin()));
      held.confirm();
      return new PrunePlan(
          options,
          choice.figures(more(ids.size(), index.table(), sizes, aside)),
          options.exclusive() ? List.of() : obstacles,
          index,
          used,
          choice,
          sizes,
          ids,
          aside,
          lockless);
    }
  }

  private static void addHidden(PackTable table, CandidateFile file) {
    for (IndexedPack pack : file.packs()) {
      table.addHidden(pack.id(), pack.entries());
    }
  }

  private Map<String, Long> sizes() {
    Map<String, Long> sizes = new HashMap<>();
    for (StoredFile file : ground.store().list(FileKind.PACK)) {
      sizes.put(file.key().name(), file.size());
    }
    return sizes;
  }

  /// Packs that were stored and indexed between the two listings, or that the listing missed.
  private void addUnlisted(Map<String, Long> sizes, PackTable table) {
    for (int pack = 0; pack < table.packCount(); pack++) {
      StoreKey key = new StoreKey(FileKind.PACK, table.name(pack));
      if (!sizes.containsKey(key.name())) {
        try {
          sizes.put(key.name(), ground.store().size(key));
        } catch (NotFoundException e) {
          // It is missing, then.
        }
      }
    }
  }

  /// Packs that are in no index and in no candidate file.
  static Set<String> strays(PackTable table, Map<String, Long> sizes, SetAside aside) {
    Set<String> strays = new HashSet<>(sizes.keySet());
    strays.removeIf(pack -> table.number(pack) >= 0);
    aside.candidates().forEach(file -> strays.removeAll(file.strays()));
    return strays;
  }

  private PackChoice.More more(
      long snapshots, PackTable table, Map<String, Long> sizes, SetAside aside) {
    Set<String> strays = strays(table, sizes, aside);
    Set<String> ripe = new HashSet<>(aside.ripePacks());
    Set<String> resting = new HashSet<>(aside.resting());
    if (options.exclusive()) {
      ripe.addAll(resting);
      resting.clear();
    }
    return new PackChoice.More(
        snapshots,
        strays.size(),
        bytes(strays, sizes),
        hidden(ripe, table, sizes).size(),
        bytes(hidden(ripe, table, sizes), sizes),
        hidden(resting, table, sizes).size(),
        bytes(hidden(resting, table, sizes), sizes));
  }

  private static Set<String> hidden(Set<String> packs, PackTable table, Map<String, Long> sizes) {
    return packs.stream()
        .filter(pack -> sizes.containsKey(pack) && !table.visible(table.number(pack)))
        .collect(Collectors.toSet());
  }

  private static long bytes(Set<String> packs, Map<String, Long> sizes) {
    return packs.stream().mapToLong(pack -> sizes.getOrDefault(pack, 0L)).sum();
  }

  /// Programs that write without locks.
  private static List<String> lockless(List<Snapshot> snapshots) {
    return snapshots.stream()
        .sorted(Comparator.comparing(Snapshot::time).reversed())
        .limit(RECENT)
        .map(Snapshot::programVersion)
        .filter(program -> program.startsWith("rustic"))
        .limit(1)
        .map(program -> program + " writes to this repository, and takes no locks")
        .toList();
  }

  /// Programs that do not know what setting aside means.
  static List<String> foreignLocks(PruneGround ground, String own) {
    return SetAside.locks(ground, own).stream()
        .filter(lock -> !lock.ours())
        .map(HeldLock::describe)
        .map(who -> "the repository is locked by " + who)
        .toList();
  }
}
