package dev.backstay.repository;

import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.add;
import static dev.backstay.repository.RepositoryTest.commit;
import static dev.backstay.repository.RepositoryTest.random;
import static dev.backstay.repository.RepositoryTest.read;
import static dev.backstay.repository.Stage.AT_ONCE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.LockedException;
import dev.backstay.model.Meter;
import dev.backstay.model.StorageException;
import dev.backstay.repository.prune.MaxUnused;
import dev.backstay.repository.prune.PruneOptions;
import dev.backstay.repository.prune.PruneOutcome;
import dev.backstay.repository.prune.PrunePlan;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import dev.backstay.repository.tree.NodeTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Space comes back, what is needed stays, and what looks wrong deletes nothing.
@Timeout(300)
class PruneTest {

  private static final byte[] ONE = random(1, 300_000);
  private static final byte[] TWO = random(2, 300_000);
  private static final byte[] THREE = random(3, 300_000);
  private static final PruneOptions ALL = AT_ONCE.withMaxUnused(MaxUnused.NONE);
  private static final PruneOptions ALONE = ALL.withExclusive(true);

  private final ObjectStore store = Stage.init();
  private Snapshot first = Stage.backUp(store, Map.of("one", ONE, "two", TWO));
  private Snapshot second = Stage.backUp(store, Map.of("two", TWO, "three", THREE));

  @BeforeEach
  void firstIsForgotten() {
    Stage.open(store).forget(first);
  }

  private void assertSecondIsWhole() {
    OpenRepository repository = Stage.open(store);
    assertArrayEquals(TWO, read(repository, second, "two"));
    assertArrayEquals(THREE, read(repository, second, "three"));
    assertTrue(Stage.check(store).sound(), () -> Stage.check(store).findings().toString());
  }

  private void refuses(String code, PruneOptions options) {
    List<StoredFile> packs = List.copyOf(store.list(FileKind.PACK));
    EngineException e =
        assertThrows(EngineException.class, () -> Stage.prune(store, options), code);
    assertEquals(code, e.code());
    assertEquals(packs.size(), store.list(FileKind.PACK).size());
    assertEquals(0, store.list(FileKind.LOCK).size());
    assertEquals(0, store.list(FileKind.CLAIM).size());
  }

  @Test
  void aloneTheSpaceIsBackAtOnce() {
    long before = Stage.packBytes(store);
    PruneOutcome outcome = Stage.prune(store, ALONE);
    assertTrue(outcome.packsDeleted() > 0 && outcome.packsWritten() > 0, outcome::toString);
    assertTrue(Stage.packBytes(store) < before - 290_000);
    assertSecondIsWhole();
    assertEquals(List.of(), Stage.check(store).findings());
    assertTrue(Stage.open(store).plan(ALONE, CANCEL, Meter.NONE).isEmpty());
  }

  @Test
  void besideWritersItComesBackWithTheSecondRun() {
    long before = Stage.packBytes(store);
    PruneOutcome aside = Stage.prune(store, ALL);
    assertEquals(0, aside.packsDeleted());
    assertTrue(aside.packsSetAside() > 0, aside::toString);
    assertSecondIsWhole();
    PruneOutcome gone = Stage.prune(store, ALL);
    assertEquals(aside.packsSetAside(), gone.packsDeleted());
    assertTrue(Stage.packBytes(store) < before - 290_000);
    assertSecondIsWhole();
    assertEquals(List.of(), Stage.check(store).findings());
    assertEquals(0, store.list(FileKind.CANDIDATES).size());
    assertEquals(0, store.list(FileKind.LOCK_LIST).size());
  }

  @Test
  void aRepackKeepsWithinTheLimits() {
    OpenRepository repository = Stage.open(store);
    PrunePlan none =
        repository.plan(
            ALL.withMaxUnused(MaxUnused.UNLIMITED).withMaxRepackBytes(0), CANCEL, Meter.NONE);
    assertEquals(0, none.figures().packsToRepack());
    PrunePlan all = repository.plan(ALL, CANCEL, Meter.NONE);
    assertTrue(all.figures().packsToRepack() > 0);
    assertTrue(all.figures().unusedBytesAfter() == 0, () -> all.figures().toString());
  }

  @Test
  void aWriterThatStartedBeforeIsWaitedForAndHealsItsSnapshot() {
    OpenRepository repository = Stage.open(store);
    Snapshot third;
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      // Found in the index, though no snapshot needs it.
      add(tree, writer, "one", ONE);
      assertEquals(0, writer.stats().dataBlobs());
      assertTrue(Stage.prune(store, ALL).packsSetAside() > 0);
      assertEquals(0, Stage.prune(store, ALL).packsDeleted(), "the writer still holds its lock");
      third = commit(writer, tree, null);
    }
    OpenRepository after = Stage.open(store);
    assertArrayEquals(ONE, read(after, third, "one"));
    assertTrue(Stage.check(store).findings().stream().noneMatch(f -> f.code().contains("aside")));
    Stage.prune(store, ALL);
    Stage.prune(store, ALL);
    assertArrayEquals(ONE, read(Stage.open(store), third, "one"));
    assertSecondIsWhole();
  }

  @Test
  void aWriterThatStartsAfterDoesNotRelyOnWhatIsSetAside() {
    OpenRepository old = Stage.open(store);
    // Its index is loaded before the prune and kept by a program that runs for days.
    assertEquals(1, old.snapshots().size());
    assertTrue(old.sizeOf(old.tree(second.tree()).getFirst().content().getFirst()) > 0);
    Stage.prune(store, ALL);
    Snapshot third;
    try (RepositoryWriter writer = old.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      add(tree, writer, "one", ONE);
      assertTrue(writer.stats().dataBlobs() > 0);
      Stage.prune(store, ALL);
      third = commit(writer, tree, null);
    }
    Stage.prune(store, ALL);
    assertArrayEquals(ONE, read(Stage.open(store), third, "one"));
    assertArrayEquals(TWO, read(old, second, "two"));
    assertSecondIsWhole();
  }

  @Test
  void twoPrunesDoNotWorkAtOnce() {
    store.put(new StoreKey(FileKind.CLAIM, "0".repeat(64)), new byte[0]);
    assertTrue(Stage.prune(store, ALL).packsSetAside() > 0, "a torn claim is nobody's");
    try (RepositoryWriter writer = Stage.open(store).writer()) {
      assertEquals(0, writer.stats().dataBlobs());
      assertThrows(LockedException.class, () -> Stage.prune(store, ALONE));
    }
  }

  @Test
  void aNeededPackThatIsMissingOrShortDeletesNothing() {
    for (StoredFile pack : List.copyOf(store.list(FileKind.PACK))) {
      byte[] bytes = store.get(pack.key());
      store.delete(pack.key());
      boolean needed = !readable();
      if (needed) {
        for (PruneOptions options : List.of(ALL, ALONE)) {
          EngineException e =
              assertThrows(EngineException.class, () -> Stage.prune(store, options));
          assertTrue(e.code().startsWith("prune."), e::code);
        }
        store.put(pack.key(), bytes, 0, bytes.length - 1);
        assertThrows(EngineException.class, () -> Stage.prune(store, ALONE));
        store.delete(pack.key());
      }
      store.put(pack.key(), bytes);
    }
    Stage.prune(store, ALONE);
    assertSecondIsWhole();
  }

  @Test
  void aMissingPackThatNobodyNeedsIsDroppedFromTheIndex() {
    Snapshot third = Stage.backUp(store, Map.of("x", random(9, 200_000)));
    Stage.open(store).forget(third);
    PrunePlan plan = Stage.open(store).plan(ALONE, CANCEL, Meter.NONE);
    assertTrue(plan.figures().packsToRemove() > 0);
    for (StoredFile pack : List.copyOf(store.list(FileKind.PACK))) {
      byte[] bytes = store.get(pack.key());
      store.delete(pack.key());
      long errors =
          Stage.check(store).findings().stream().filter(f -> f.code().contains("blob")).count();
      if (errors > 0 || !onlyPackMissing()) {
        store.put(pack.key(), bytes);
      }
    }
    Stage.prune(store, ALONE);
    assertEquals(List.of(), Stage.check(store).findings());
    assertSecondIsWhole();
  }

  private boolean onlyPackMissing() {
    return Stage.check(store).findings().stream()
            .noneMatch(f -> f.code().equals("repository.tree-damaged"))
        && readable();
  }

  private boolean readable() {
    try {
      OpenRepository repository = Stage.open(store);
      read(repository, second, "two");
      read(repository, second, "three");
      return true;
    } catch (EngineException e) {
      return false;
    }
  }

  @Test
  void whatCannotBeReadDeletesNothing() {
    StoreKey snapshot = new StoreKey(FileKind.SNAPSHOT, second.id());
    byte[] bytes = store.get(snapshot);
    store.delete(snapshot);
    refuses("prune.few-snapshots", ALONE);
    byte[] damaged = bytes.clone();
    damaged[40] ^= 1;
    store.put(snapshot, damaged);
    refuses("prune.snapshot-damaged", ALL);
    store.delete(snapshot);
    store.put(snapshot, bytes);
    StoreKey index = store.list(FileKind.INDEX).getFirst().key();
    byte[] whole = store.get(index);
    damaged = whole.clone();
    damaged[40] ^= 1;
    store.delete(index);
    store.put(index, damaged);
    refuses("repository.file-damaged", ALL);
    store.delete(index);
    store.put(index, whole);
    assertSecondIsWhole();
  }

  @Test
  void whatIsUnreadableOfThoseBeforeIsDoneWithoutAlone() {
    for (FileKind kind : List.of(FileKind.CANDIDATES, FileKind.LOCK_LIST)) {
      Stage.open(store).forget(Stage.backUp(store, Map.of("two", TWO, "more", ONE)));
      Stage.prune(store, ALL);
      StoreKey file = store.list(kind).getFirst().key();
      byte[] bytes = store.get(file);
      bytes[40] ^= 1;
      store.delete(file);
      store.put(file, bytes);
      refuses("prune.aside-damaged", ALL);
      Stage.prune(store, ALONE);
      assertEquals(List.of(), store.list(FileKind.CANDIDATES));
      assertEquals(List.of(), store.list(FileKind.LOCK_LIST));
      assertSecondIsWhole();
      assertEquals(List.of(), Stage.check(store).findings());
    }
  }

  /// A store of so many bytes of packs.
  private static final class SmallStore extends PassingStore {
    private final long room;

    SmallStore(ObjectStore store, long room) {
      super(store);
      this.room = room;
    }

    @Override
    public void put(StoreKey key, byte[] bytes, int from, int length) {
      if (key.kind() == FileKind.PACK && Stage.packBytes(this) + length > room) {
        throw new StorageException("store.full", "the disk is full", "free space");
      }
      super.put(key, bytes, from, length);
    }
  }

  @Test
  void aFullDiskIsNoReasonNotToPrune() {
    byte[] stray = random(9, 700_000);
    store.put(
        new StoreKey(FileKind.PACK, dev.backstay.repository.pack.SealedFiles.id(stray)), stray);
    long before = Stage.packBytes(store);
    ObjectStore full = new SmallStore(store, before + 1000);
    EngineException e = assertThrows(EngineException.class, () -> Stage.prune(full, ALL));
    assertTrue(e.remedy().contains("--max-repack-size 0"), e.remedy());
    assertSecondIsWhole();
    Stage.prune(full, ALONE); // what is in no index makes room for what is repacked
    assertTrue(Stage.packBytes(store) < before - 900_000);
    assertSecondIsWhole();
  }

  @Test
  void aPlanDoesNotOutliveARewrittenIndex() {
    OpenRepository repository = Stage.open(store);
    PrunePlan plan = repository.plan(ALL, CANCEL, Meter.NONE);
    Stage.prune(store, ALONE);
    EngineException e =
        assertThrows(EngineException.class, () -> repository.apply(plan, CANCEL, Meter.NONE));
    assertEquals("prune.moved-on", e.code());
    assertSecondIsWhole();
  }

  @Test
  void whatCameSinceThePlanIsSpared() {
    for (PruneOptions options : List.of(ALL, ALONE)) {
      OpenRepository repository = Stage.open(store);
      PrunePlan plan = repository.plan(options, CANCEL, Meter.NONE);
      Snapshot third = Stage.backUp(store, Map.of("one", ONE));
      repository.apply(plan, CANCEL, Meter.NONE);
      assertArrayEquals(ONE, read(Stage.open(store), third, "one"));
      assertSecondIsWhole();
      Stage.open(store).forget(third);
      Stage.prune(store, ALONE);
    }
  }

  @Test
  void aJumpOfTheClockStopsIt() {
    OpenRepository repository = Stage.open(store);
    PrunePlan plan = repository.plan(ALONE, CANCEL, Meter.NONE);
    Meter sleeping = (items, bytes) -> Stage.CLOCK.jump(Duration.ofHours(1));
    EngineException e =
        assertThrows(EngineException.class, () -> repository.apply(plan, CANCEL, sleeping));
    assertEquals("prune.clock-jump", e.code());
    assertSecondIsWhole();
    Stage.prune(store, ALONE);
    assertSecondIsWhole();
  }

  @Test
  void aCancelledOneLeavesAWholeRepository() {
    OpenRepository repository = Stage.open(store);
    PrunePlan plan = repository.plan(ALONE, CANCEL, Meter.NONE);
    CancelToken cancel = new CancelToken();
    cancel.cancel();
    assertThrows(CancelledException.class, () -> repository.apply(plan, cancel, Meter.NONE));
    assertEquals(0, store.list(FileKind.LOCK).size());
    assertSecondIsWhole();
    Stage.prune(store, ALONE);
    assertEquals(List.of(), Stage.check(store).findings());
  }

  @Test
  void aStrayPackGoesOnlyWhenNobodyCanBeWritingIt() {
    byte[] bytes = random(8, 1000);
    StoreKey stray =
        new StoreKey(FileKind.PACK, dev.backstay.repository.pack.SealedFiles.id(bytes));
    store.put(stray, bytes);
    Stage.prune(store, ALL);
    assertTrue(store.exists(stray));
    Stage.prune(store, ALL);
    assertFalse(store.exists(stray));
    assertSecondIsWhole();
  }

  @Test
  void restingTakesItsTime() {
    PruneOptions patient = ALL.withMinimumAge(Duration.ofHours(3));
    long aside = Stage.prune(store, patient).packsSetAside();
    assertTrue(aside > 0);
    assertEquals(0, Stage.prune(store, patient).packsDeleted());
    Stage.CLOCK.jump(Duration.ofHours(4));
    assertEquals(aside, Stage.prune(store, patient).packsDeleted());
    assertSecondIsWhole();
  }

  @Test
  void copiesOfABlobInOnePackAreNoReasonToDeleteIt() {
    // Two writers that save the same at once, neither of which sees the other, leave copies; a
    // prune
    // keeps one of them.
    ObjectStore shared = Stage.init();
    OpenRepository a = Stage.open(shared);
    OpenRepository b =
        Stage.open(
            new PassingStore(shared) {
              @Override
              public List<StoredFile> list(FileKind kind) {
                return kind == FileKind.INDEX ? List.of() : super.list(kind);
              }
            });
    Snapshot ours;
    Snapshot theirs;
    try (RepositoryWriter left = a.writer();
        RepositoryWriter right = b.writer()) {
      TreeAssembler leftTree = new TreeAssembler(left, NodeTime.EPOCH);
      TreeAssembler rightTree = new TreeAssembler(right, NodeTime.EPOCH);
      add(leftTree, left, "one", ONE);
      add(rightTree, right, "one", ONE);
      ours = commit(left, leftTree, null);
      theirs = commit(right, rightTree, null);
    }
    long before = Stage.packBytes(shared);
    Stage.prune(shared, ALONE);
    assertTrue(Stage.packBytes(shared) < before - 290_000);
    assertArrayEquals(ONE, read(Stage.open(shared), ours, "one"));
    assertArrayEquals(ONE, read(Stage.open(shared), theirs, "one"));
    assertEquals(List.of(), Stage.check(Stage.copy(shared, new MemoryStore())).findings());
  }
}
