package dev.backstay.repository;

import static dev.backstay.repository.MaintenanceSamples.files;
import static dev.backstay.repository.MaintenanceSamples.maintenance;
import static dev.backstay.repository.MaintenanceSamples.replace;
import static dev.backstay.repository.MaintenanceSamples.rightOrRefused;
import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.random;
import static dev.backstay.repository.Stage.AT_ONCE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.ConflictException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.model.StorageException;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.opened.IndexLoad;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.PackWriter;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.prune.MaxUnused;
import dev.backstay.repository.repair.PackRepair;
import dev.backstay.repository.repair.PackRepairPlan;
import dev.backstay.repository.repair.SnapshotRepair;
import dev.backstay.repository.repair.SnapshotRepairPlan;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFilter;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A repair makes nothing worse, whatever the store, a prune or another version did before it.
@Timeout(300)
class RepairTest {

  /// More than an index file holds.
  private static final int MANY = 60_000;

  private final MemoryStore store = MaintenanceSamples.make();
  private final int all = MaintenanceSamples.FIRST.size() + MaintenanceSamples.SECOND.size();

  private static Opened opened(ObjectStore store) {
    return ((UnlockedRepository) MaintenanceSamples.open(store)).opened();
  }

  private static Set<String> indexed(ObjectStore store) {
    return Set.copyOf(IndexLoad.of(opened(store), CANCEL).index().packs());
  }

  private static Set<String> packs(ObjectStore store) {
    return files(store, FileKind.PACK).stream().map(StoreKey::name).collect(Collectors.toSet());
  }

  private StoreKey largest() {
    return store.list(FileKind.PACK).stream()
        .max((a, b) -> Long.compare(a.size(), b.size()))
        .orElseThrow()
        .key();
  }

  private void flip(StoreKey pack, int at) {
    byte[] bad = store.get(pack);
    bad[at] ^= 4;
    replace(store, pack, bad);
  }

  /// Whoever has it open sees what was damaged, and after the repairs does not see it any more.
  @Test
  void whatIsMendedIsNotShownAsDamagedAnyLonger() {
    for (FileKind kind : List.of(FileKind.INDEX, FileKind.SNAPSHOT)) {
      StoreKey file = files(store, kind).getFirst();
      replace(store, file, new byte[100]);
    }
    // One that an index file which can be read names.
    store.delete(new StoreKey(FileKind.PACK, indexed(store).iterator().next()));
    try (OpenRepository repository = MaintenanceSamples.open(store)) {
      repository.writer().close();
      repository.snapshots();
      Set<String> kinds =
          repository.damage().stream()
              .map(failure -> failure.item().replaceFirst("/.*", ""))
              .collect(Collectors.toSet());
      assertEquals(Set.of("data", "index", "snapshots"), kinds);

      assertTrue(MaintenanceSamples.repairIndex(store, true));
      SnapshotRepair repair = maintenance(store).snapshotRepair();
      repair.apply(repair.plan(SnapshotFilter.ALL, true, CANCEL, Meter.NONE), CANCEL, Meter.NONE);

      repository.snapshots();
      assertEquals(List.of(), repository.damage());
    }
  }

  /// The rewritten index fills several files, and the first is written before the old are looked
  /// at.
  @Test
  void morePacksThanOneIndexFileNamesAreAllNamedAfterwards() {
    Opened opened = opened(store);
    try (PackWriter writer = new PackWriter(opened, true)) {
      for (int i = 0; i < MANY; i++) {
        writer.save(BlobKind.DATA, ByteBuffer.allocate(8).putInt(i).array());
      }
      writer.flush(CANCEL);
    }
    Map<String, List<PackEntry>> said = new HashMap<>();
    for (StoreKey index : files(store, FileKind.INDEX)) {
      IndexLoad.decode(opened, index, said::put);
      store.delete(index);
    }
    List<IndexedPack> wrong = new ArrayList<>();
    said.forEach((pack, entries) ->
        wrong.add(new IndexedPack(pack, entries.subList(0, entries.size() - 1))));
    wrong.forEach(pack -> opened.files().save(FileKind.INDEX, IndexFile.encode(List.of(pack))));

    assertTrue(MaintenanceSamples.repairIndex(store, true));

    assertEquals(packs(store), indexed(store));
    assertTrue(IndexLoad.of(opened, CANCEL).index().size() >= MANY);
    assertEquals(all, rightOrRefused(store));
    assertFalse(MaintenanceSamples.repairIndex(store, true), "nothing is left to do");
  }

  /// Hands out something else than is there, once it is told to.
  private static final class Moody extends PassingStore {
    private final StoreKey pack;
    private boolean wrong;
    private boolean sector;
    private boolean unlisted;

    Moody(ObjectStore store, StoreKey pack) {
      super(store);
      this.pack = pack;
    }

    @Override
    public void read(StoreKey key, long offset, byte[] into, int from, int length) {
      super.read(key, offset, into, from, length);
      if (key.equals(pack) && sector) {
        throw new StorageException("store.failed", "input/output error", "look at the disk");
      }
      if (key.equals(pack) && wrong) {
        for (int i = from; i < from + length; i += 50_000) {
          into[i] ^= 1;
        }
      }
    }

    @Override
    public List<StoredFile> list(FileKind kind) {
      List<StoredFile> files = super.list(kind);
      return unlisted ? files.stream().filter(f -> !f.key().equals(pack)).toList() : files;
    }
  }

  @Test
  void aPackThatReadsWorseThanWhenItWasPlannedIsNotTakenAway() {
    StoreKey pack = largest();
    flip(pack, 10);
    Moody moody = new Moody(store, pack);
    PackRepair repair = maintenance(moody).packRepair();
    PackRepairPlan plan = repair.plan(List.of(), CANCEL, Meter.NONE);
    assertEquals(1, plan.packs().size());
    assertTrue(plan.packs().getFirst().blobs() > 0);
    moody.wrong = true;
    ConflictException e =
        assertThrows(
            ConflictException.class,
            () -> repair.apply(plan, PackRepair.Keep.NOTHING, CANCEL, Meter.NONE));
    assertEquals("repository.changed", e.code());
    assertTrue(store.exists(pack));
    assertTrue(indexed(store).contains(pack.name()));
    assertEquals(0, store.list(FileKind.LOCK).size());
  }

  @Test
  void aPackThatIsSoundBySecondThoughtsStays() {
    StoreKey pack = largest();
    Moody moody = new Moody(store, pack);
    moody.wrong = true;
    PackRepair repair = maintenance(moody).packRepair();
    PackRepairPlan plan = repair.plan(List.of(), CANCEL, Meter.NONE);
    assertEquals(1, plan.packs().size());
    moody.wrong = false;
    repair.apply(plan, PackRepair.Keep.NOTHING, CANCEL, Meter.NONE);
    assertTrue(store.exists(pack));
    assertEquals(all, rightOrRefused(store));
  }

  @Test
  void aBadSectorInOnePackIsNamedAndTheOthersAreRepaired() {
    StoreKey sick = largest();
    StoreKey other =
        files(store, FileKind.PACK).stream()
            .filter(key -> !key.equals(sick) && store.size(key) > 100_000)
            .findFirst()
            .orElseThrow();
    flip(other, 10);
    Moody moody = new Moody(store, sick);
    moody.sector = true;
    PackRepair repair = maintenance(moody).packRepair();
    PackRepairPlan plan = repair.plan(List.of(), CANCEL, Meter.NONE);
    assertEquals(
        List.of("data/" + sick.name()), plan.unreadable().stream().map(ItemFailure::item).toList());
    repair.apply(plan, PackRepair.Keep.NOTHING, CANCEL, Meter.NONE);
    assertFalse(store.exists(other));
    assertTrue(store.exists(sick));
    assertTrue(indexed(store).contains(sick.name()));
  }

  @Test
  void whatAStaleListingLacksStaysInTheIndex() {
    StoreKey pack = largest();
    Moody moody = new Moody(store, pack);
    moody.unlisted = true;
    assertFalse(MaintenanceSamples.repairIndex(moody, false));
    PackRepairPlan plan = maintenance(moody).packRepair().plan(List.of(), CANCEL, Meter.NONE);
    assertTrue(plan.isEmpty());
    assertEquals(1, plan.unreadable().size());
    assertEquals(packs(store), indexed(store));
  }

  @Test
  void aPackInNoIndexThatIsSoundIsNotCalledDamaged() {
    StoreKey pack = largest();
    files(store, FileKind.INDEX).forEach(store::delete);
    PackRepairPlan plan =
        maintenance(store).packRepair().plan(List.of(pack.name()), CANCEL, Meter.NONE);
    assertTrue(plan.isEmpty());
    assertEquals(1, plan.sound());
  }

  /// One snapshot is forgotten, and a prune has set aside what only it needed.
  private static Snapshot withSomethingSetAside(ObjectStore store) {
    // In a pack of its own.
    Snapshot small = Stage.backUp(store, Map.of("x", new byte[] {7}));
    Snapshot gone = Stage.backUp(store, Map.of("one", random(1, 300_000)));
    Snapshot stays = Stage.backUp(store, Map.of("two", random(2, 300_000), "x", new byte[] {7}));
    Stage.open(store).forget(small);
    Stage.open(store).forget(gone);
    Stage.prune(store, AT_ONCE.withMaxUnused(MaxUnused.NONE));
    assertFalse(store.list(FileKind.CANDIDATES).isEmpty());
    return stays;
  }

  private static Set<String> aside(ObjectStore store) {
    Set<String> hidden = new HashSet<>(packs(store));
    hidden.removeAll(indexed(store));
    return hidden;
  }

  @Test
  void packsThatWereSetAsideAndAreGoneDoNotStopTheRepairOfSnapshots() {
    ObjectStore staged = Stage.init();
    Snapshot stays = withSomethingSetAside(staged);
    aside(staged).forEach(pack -> staged.delete(new StoreKey(FileKind.PACK, pack)));
    StoreKey data =
        staged.list(FileKind.PACK).stream()
            .filter(file -> file.size() > 200_000)
            .findFirst()
            .orElseThrow()
            .key();
    staged.delete(data);
    MaintenanceSamples.repairIndex(staged, false);
    assertTrue(MaintenanceSamples.repairSnapshots(staged, true));
    Snapshot now = Stage.open(staged).snapshots().getFirst();
    assertEquals(stays.id(), now.original());
    assertArrayEquals(new byte[] {7}, RepositoryTest.read(Stage.open(staged), now, "x"));
    assertTrue(Stage.check(staged).sound(), () -> Stage.check(staged).findings().toString());
    // One for what was set aside before, one for what the repair replaced.
    Stage.prune(staged, AT_ONCE);
    Stage.prune(staged, AT_ONCE);
    assertTrue(staged.list(FileKind.CANDIDATES).isEmpty());
  }

  @Test
  void aPackOfWhichNothingIsKnownDoesNotStopTheRepairOfSnapshots() {
    byte[] noise = random(9, 50_000);
    store.put(new StoreKey(FileKind.PACK, SealedFiles.id(noise)), noise);
    store.delete(largest());
    MaintenanceSamples.repairIndex(store, false);
    assertTrue(MaintenanceSamples.repairSnapshots(store, true));
  }

  /// The damaged index file may be the one that put it back.
  @Test
  void whatWasSetAsideIsIndexedAgainIfAnIndexFileIsDamaged() {
    ObjectStore staged = Stage.init();
    withSomethingSetAside(staged);
    Set<String> aside = aside(staged);
    assertFalse(aside.isEmpty());
    staged.put(new StoreKey(FileKind.INDEX, "ab".repeat(32)), random(5, 700));
    assertTrue(MaintenanceSamples.repairIndex(staged, false));
    assertTrue(indexed(staged).containsAll(aside));
    Stage.prune(staged, AT_ONCE);
    assertTrue(Stage.check(staged).sound());
  }

  @Test
  void whatHoldsAndCannotBeUnderstoodStays() {
    Opened opened = opened(store);
    String strange =
        opened.files().save(FileKind.SNAPSHOT, "{\"time\":7}".getBytes(StandardCharsets.US_ASCII));
    SnapshotRepair repair = maintenance(store).snapshotRepair();
    SnapshotRepairPlan plan = repair.plan(SnapshotFilter.ALL, true, CANCEL, Meter.NONE);
    assertEquals(List.of(), plan.damagedFiles());
    assertEquals(1, plan.strange().size());
    repair.apply(plan, CANCEL, Meter.NONE);
    assertTrue(store.exists(new StoreKey(FileKind.SNAPSHOT, strange)));
  }

  /// A folder with a node that tells its type in a way that a newer version knows.
  @Test
  void aTreeThatHoldsAndCannotBeUnderstoodIsNotEmptied() {
    Opened opened = opened(store);
    byte[] tree =
        "{\"nodes\":[{\"name\":\"a\",\"type\":{\"portal\":2}}]}\n"
            .getBytes(StandardCharsets.US_ASCII);
    try (PackWriter writer = new PackWriter(opened, true)) {
      writer.save(BlobKind.TREE, tree);
      writer.flush(CANCEL);
    }
    String id = opened.codecs().with(codec -> codec.id(tree, 0, tree.length)).hex();
    Snapshot first = Stage.open(store).snapshots().getFirst();
    StoreKey file = new StoreKey(FileKind.SNAPSHOT, first.id());
    byte[] json = opened.files().load(file);
    String changed = new String(json, StandardCharsets.UTF_8).replace(first.tree().hex(), id);
    opened.files().save(FileKind.SNAPSHOT, changed.getBytes(StandardCharsets.UTF_8));
    store.delete(file);

    SnapshotRepairPlan plan =
        maintenance(store).snapshotRepair().plan(SnapshotFilter.ALL, true, CANCEL, Meter.NONE);
    assertTrue(plan.isEmpty(), plan::toString);
    assertEquals("tree " + id, plan.strange().getFirst().item());
  }
}
