package dev.backstay.repository.repair;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.DamagedException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.opened.IndexLoad;
import dev.backstay.repository.opened.IndexLoad.BadFile;
import dev.backstay.repository.opened.IndexRewrite;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.PackHeaders;
import dev.backstay.repository.opened.PackWriter;
import dev.backstay.repository.opened.SnapshotLoad;
import dev.backstay.repository.opened.StoreState;
import dev.backstay.repository.repair.SnapshotRepairPlan.Change;
import dev.backstay.repository.repair.SnapshotRepairPlan.DamagedSnapshot;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotEdit;
import dev.backstay.repository.snapshot.SnapshotFilter;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a snapshot without what is lost in the place of one that lacks something (restic `repair
/// snapshots`). The damaged one stays unless it is to be forgotten: it is worth something again
/// when the lost file turns up.
public final class SnapshotRepair {

  private static final String TAG = "repaired";

  private final Opened opened;

  public SnapshotRepair(Opened opened) {
    this.opened = opened;
  }

  /// @param filter which snapshots
  /// @param forget whether what is replaced or lost is to be deleted
  /// @throws ConflictException if the index is damaged: that is repaired first
  public SnapshotRepairPlan plan(
      SnapshotFilter filter, boolean forget, CancelToken cancel, Meter meter) {
    StoreState state = StoreState.of(opened.store());
    SnapshotLoad load = SnapshotLoad.of(opened, cancel);
    BlobIndex index = soundIndex(cancel);
    TreeRepair trees =
        new TreeRepair(new BlobFetcher(opened, index), index, TreeRepair.Sink.NOTHING, cancel);
    List<DamagedSnapshot> damaged = new ArrayList<>();
    int sound = 0;
    for (Snapshot snapshot : filter.select(load.snapshots())) {
      BlobId tree = trees.root(snapshot.tree());
      if (snapshot.tree().equals(tree)) {
        sound++;
      } else {
        damaged.add(describe(snapshot, tree, trees, load.snapshots()));
      }
      meter.add(1, 0);
    }
    if (!damaged.isEmpty()) {
      refuseUnindexed(index);
    }
    List<ItemFailure> strange = new ArrayList<>(trees.strange());
    List<String> files = new ArrayList<>();
    for (BadFile bad : filter.equals(SnapshotFilter.ALL) ? load.damaged() : List.<BadFile>of()) {
      if (opens(bad.file())) {
        strange.add(strange(bad));
      } else {
        files.add(bad.file().name());
      }
    }
    return new SnapshotRepairPlan(
        List.copyOf(damaged), sound, List.copyOf(files), List.copyOf(strange), forget, state);
  }

  private static ItemFailure strange(BadFile bad) {
    return new ItemFailure(
        bad.file().toString(),
        bad.error().code(),
        String.valueOf(bad.error().getMessage()),
        "it stays: its seal holds, so a newer version may have written it; remove the file by hand"
            + " if nobody needs it");
  }

  /// What is not in the index is taken for lost, so the index has to be right before.
  private BlobIndex soundIndex(CancelToken cancel) {
    IndexLoad load = IndexLoad.complete(opened, cancel);
    if (!load.damaged().isEmpty()) {
      throw indexFirst("the file " + load.damaged().getFirst().file() + " cannot be read");
    }
    Set<String> missing = new HashSet<>(load.index().packs());
    opened.store().list(FileKind.PACK).forEach(pack -> missing.remove(pack.key().name()));
    if (!missing.isEmpty()) {
      throw indexFirst("the pack " + missing.iterator().next() + " does not exist");
    }
    return load.index();
  }

  /// What seems to be lost may be in a pack that no index file names. One whose header is damaged
  /// tells nobody what it holds.
  private void refuseUnindexed(BlobIndex index) {
    Set<String> indexed = Set.copyOf(index.packs());
    PackHeaders headers = new PackHeaders(opened);
    for (StoredFile pack : opened.store().list(FileKind.PACK)) {
      String name = pack.key().name();
      if (!indexed.contains(name) && headers.read(name, pack.size()).isPresent()) {
        throw indexFirst("the pack " + pack.key() + " is in no index file");
      }
    }
  }

  private static ConflictException indexFirst(String why) {
    return new ConflictException(
        "repository.index-first",
        "the index does not say what the repository holds: " + why,
        "run 'repo repair index' first, so that nothing is given up that is there");
  }

  private static DamagedSnapshot describe(
      Snapshot snapshot, @Nullable BlobId tree, TreeRepair trees, List<Snapshot> all) {
    List<Change> changes = new ArrayList<>();
    long[] count = new long[1];
    trees.changes(
        snapshot.tree(),
        change -> {
          if (count[0]++ < DamagedSnapshot.SHOWN) {
            changes.add(change);
          }
        });
    return new DamagedSnapshot(
        snapshot,
        List.copyOf(changes),
        count[0] - changes.size(),
        tree,
        all.stream()
            .filter(s -> snapshot.id().equals(s.original()) && s.tree().equals(tree))
            .map(Snapshot::id)
            .findFirst()
            .orElse(null));
  }

  /// @return the ids of the new snapshots
  /// @throws dev.backstay.model.LockedException if somebody else works with the repository
  /// @throws ConflictException if it has changed since the plan was made
  public List<String> apply(SnapshotRepairPlan plan, CancelToken cancel, Meter meter) {
    if (plan.isEmpty()) {
      return List.of();
    }
    try (RepositoryLock lock = opened.lockAlone()) {
      plan.state().confirm(opened.store());
      saveTrees(plan, cancel, lock);
      // Whoever slept meanwhile may have lost the lock, and with it what the snapshots refer to.
      lock.confirm();
      List<String> made = new ArrayList<>();
      for (DamagedSnapshot damaged : plan.snapshots()) {
        if (damaged.tree() != null && damaged.repairedAs() == null) {
          made.add(replace(damaged, damaged.tree(), plan.forget()));
        }
        meter.add(1, 0);
      }
      if (plan.forget()) {
        forget(plan, lock);
      }
      return List.copyOf(made);
    }
  }

  private void saveTrees(SnapshotRepairPlan plan, CancelToken cancel, RepositoryLock lock) {
    BlobIndex index = soundIndex(cancel);
    // What is only in packs that are set aside is written again: other tools do not see those.
    boolean aside = !opened.setAside().get().isEmpty();
    BlobIndex visible = aside ? IndexLoad.of(opened, cancel).index() : index;
    try (PackWriter writer = new PackWriter(opened, false)) {
      TreeRepair trees =
          new TreeRepair(
              new BlobFetcher(opened, index), index, tree -> save(tree, visible, writer), cancel);
      for (DamagedSnapshot damaged : plan.snapshots()) {
        if (damaged.tree() != null && damaged.repairedAs() == null) {
          confirm(damaged, trees.root(damaged.snapshot().tree()));
        }
      }
      List<IndexedPack> packs = writer.flush(cancel);
      if (!packs.isEmpty()) {
        new IndexRewrite(opened, Set.of(), Set.of(), Set.of()).apply(packs::forEach, cancel, lock);
      }
    }
  }

  private void save(byte[] tree, BlobIndex index, PackWriter writer) {
    BlobId id = opened.codecs().with(codec -> codec.id(tree, 0, tree.length));
    if (!index.contains(BlobKind.TREE, id)) {
      writer.save(BlobKind.TREE, tree);
    }
  }

  private static void confirm(DamagedSnapshot damaged, @Nullable BlobId tree) {
    if (!java.util.Objects.equals(damaged.tree(), tree)) {
      throw new DamagedException(
          "repository.changed",
          "the snapshot " + damaged.snapshot().shortId() + " reads otherwise than a moment ago",
          "look at the disk or connection, then make the plan again");
    }
  }

  private String replace(DamagedSnapshot damaged, BlobId tree, boolean forget) {
    Snapshot old = damaged.snapshot();
    byte[] json = opened.files().load(new StoreKey(FileKind.SNAPSHOT, old.id()));
    SnapshotEdit edit = SnapshotEdit.of(json, old.id()).tree(tree).original(old.id());
    if (!forget) {
      edit.tag(TAG, old.tags());
    }
    return opened.files().save(FileKind.SNAPSHOT, edit.toJson());
  }

  private void forget(SnapshotRepairPlan plan, RepositoryLock lock) {
    lock.confirm();
    for (DamagedSnapshot damaged : plan.snapshots()) {
      opened.store().delete(new StoreKey(FileKind.SNAPSHOT, damaged.snapshot().id()));
    }
    for (String name : plan.damagedFiles()) {
      StoreKey file = new StoreKey(FileKind.SNAPSHOT, name);
      if (!opens(file)) {
        opened.store().delete(file);
      }
    }
  }

  /// Whether its name and seal hold, whatever is in it.
  private boolean opens(StoreKey file) {
    try {
      opened.files().load(file);
      return true;
    } catch (DamagedException e) {
      return false;
    }
  }
}
