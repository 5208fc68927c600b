package dev.backstay.repository;

import static dev.backstay.repository.MaintenanceSamples.duplicate;
import static dev.backstay.repository.MaintenanceSamples.files;
import static dev.backstay.repository.MaintenanceSamples.open;
import static dev.backstay.repository.MaintenanceSamples.replace;
import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.random;
import static dev.backstay.repository.Stage.AT_ONCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.model.UnreachableException;
import dev.backstay.repository.check.CheckFinding;
import dev.backstay.repository.check.CheckFinding.Severity;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.prune.MaxUnused;
import dev.backstay.repository.prune.PruneOptions;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a check says: damage where there is some, and an error where it could not look.
@Timeout(300)
class CheckTest {

  private static final MemoryStore SOUND = MaintenanceSamples.make();
  private static final PruneOptions ALL = AT_ONCE.withMaxUnused(MaxUnused.NONE);

  private static CheckReport check(ObjectStore store, boolean readData) {
    return open(store).check(new CheckOptions(readData), CANCEL, Meter.NONE);
  }

  private static List<CheckFinding> of(CheckReport report, String code) {
    return report.findings().stream().filter(f -> f.code().equals(code)).toList();
  }

  /// A snapshot of which everything is in packs that a prune set aside: its file came back after it
  /// had been forgotten.
  private static MemoryStore withSetAsidePacks() {
    MemoryStore store = new MemoryStore();
    Stage.copy(Stage.init(), store);
    Stage.backUp(store, Map.of("kept", random(41, 200_000)));
    Snapshot gone = Stage.backUp(store, Map.of("one", random(42, 700_000)));
    StoreKey file = new StoreKey(FileKind.SNAPSHOT, gone.id());
    byte[] bytes = store.get(file);
    Stage.open(store).forget(gone);
    assertTrue(Stage.prune(store, ALL).packsSetAside() > 0);
    store.put(file, bytes);
    return store;
  }

  private static StoreKey largestPack(MemoryStore store) {
    return files(store, FileKind.PACK).stream()
        .max(java.util.Comparator.comparingLong(store::size))
        .orElseThrow();
  }

  private static CheckReport quickly(ObjectStore store, boolean readData) {
    return Stage.open(store).check(new CheckOptions(readData), CANCEL, Meter.NONE);
  }

  @Test
  void whatIsSetAsideAndThereIsNotLost() {
    MemoryStore store = withSetAsidePacks();
    CheckReport report = quickly(store, true);
    assertTrue(report.sound(), () -> report.findings().toString());
    assertFalse(of(report, "repository.blob-set-aside").isEmpty());
    assertEquals(Stage.packBytes(store), report.bytesRead(), "what is needed of it is read too");
  }

  @Test
  void whatIsSetAsideAndGoneIsLost() {
    MemoryStore store = withSetAsidePacks();
    StoreKey pack = largestPack(store);
    store.delete(pack);
    CheckReport report = quickly(store, false);
    CheckFinding finding = of(report, "repository.pack-missing").getFirst();
    assertEquals("data/" + pack.name(), finding.file());
    assertTrue(
        finding.affected().stream().anyMatch(a -> a.path().equals("/one")), finding::toString);
    assertFalse(finding.remedy().isEmpty());
  }

  @Test
  void whatIsSetAsideAndShortIsNamed() {
    MemoryStore store = withSetAsidePacks();
    StoreKey pack = largestPack(store);
    byte[] bytes = store.get(pack);
    replace(store, pack, Arrays.copyOf(bytes, bytes.length / 2));
    CheckReport report = quickly(store, false);
    CheckFinding finding = of(report, "repository.pack-size").getFirst();
    assertEquals("data/" + pack.name(), finding.file());
    assertFalse(finding.affected().isEmpty());
    replace(store, pack, Arrays.copyOf(bytes, bytes.length - 1));
    assertFalse(quickly(store, false).sound(), "its header is cut");
  }

  @Test
  void whatIsSetAsideAndDamagedIsFoundByReading() {
    MemoryStore store = withSetAsidePacks();
    StoreKey pack = largestPack(store);
    byte[] bytes = store.get(pack);
    bytes[bytes.length / 3] ^= 1;
    replace(store, pack, bytes);
    assertTrue(quickly(store, false).sound());
    CheckReport report = quickly(store, true);
    assertEquals("data/" + pack.name(), of(report, "repository.pack-damaged").getFirst().file());
    assertFalse(report.sound());
  }

  @Test
  void whatIsSetAsideAndNotNeededMayBeGone() {
    MemoryStore store = withSetAsidePacks();
    StoreKey pack = largestPack(store);
    OpenRepository repository = Stage.open(store);
    repository.snapshots().stream()
        .filter(
            snapshot -> repository.tree(snapshot.tree()).getFirst().name().toString().equals("one"))
        .forEach(repository::forget);
    store.delete(pack);
    assertEquals(List.of(), quickly(store, true).findings());
  }

  /// Refuses to read packs, as something on the way to them does.
  private static ObjectStore refusing(MemoryStore store, Supplier<EngineException> error) {
    return new PassingStore(store) {
      @Override
      public void read(StoreKey key, long offset, byte[] into, int from, int length) {
        // Trees are read in small pieces: the walk before passes.
        if (key.kind() == FileKind.PACK && length == store.size(key)) {
          throw error.get();
        }
        super.read(key, offset, into, from, length);
      }
    };
  }

  @Test
  void anOutageIsNoDamage() {
    MemoryStore store = duplicate(SOUND);
    assertThrows(
        UnreachableException.class,
        () ->
            check(
                refusing(store, () -> new UnreachableException("store.cut", "it broke", "")),
                true));
    assertThrows(
        UnauthenticatedException.class,
        () ->
            check(
                refusing(store, () -> new UnauthenticatedException("store.old", "expired", "")),
                true));
    assertEquals(List.of(), files(store, FileKind.LOCK));
  }

  @Test
  void aBadSectorIsDamageOfItsFile() {
    MemoryStore store = duplicate(SOUND);
    CheckReport report =
        check(
            refusing(store, () -> new StorageException("store.failed", "input/output error", "")),
            true);
    assertEquals(files(store, FileKind.PACK).size(), of(report, "repository.pack-damaged").size());
  }

  @Test
  void aBadSectorUnderATreeIsDamageOfItToo() {
    MemoryStore store = duplicate(SOUND);
    ObjectStore bad =
        new PassingStore(store) {
          @Override
          public void read(StoreKey key, long offset, byte[] into, int from, int length) {
            if (key.kind() == FileKind.PACK && length < store.size(key)) {
              throw new StorageException("store.failed", "input/output error", "");
            }
            super.read(key, offset, into, from, length);
          }
        };
    CheckReport report = check(bad, false);
    CheckFinding finding = of(report, "repository.tree-damaged").getFirst();
    assertTrue(
        finding.message().contains("cannot be read (input/output error)"), finding::toString);
    assertFalse(finding.affected().isEmpty());
  }

  @Test
  void aDiskThatRefusesEverythingIsNoDamage() {
    MemoryStore store = duplicate(SOUND);
    ObjectStore dying =
        new PassingStore(
            refusing(store, () -> new StorageException("store.failed", "no such device", ""))) {
          private int configs;

          @Override
          public byte[] get(StoreKey key) {
            if (key.kind() == FileKind.CONFIG && ++configs > 2) {
              throw new StorageException("store.failed", "no such device", "");
            }
            return super.get(key);
          }
        };
    assertThrows(StorageException.class, () -> check(dying, true));
  }

  @Test
  void aKeyThatCannotBeReachedIsNotDamaged() {
    MemoryStore store = duplicate(SOUND);
    AtomicInteger reads = new AtomicInteger();
    ObjectStore cut =
        new PassingStore(store) {
          @Override
          public byte[] get(StoreKey key) {
            if (key.kind() == FileKind.KEY && reads.incrementAndGet() > 1) {
              throw new UnreachableException("store.cut", "it broke", "");
            }
            return super.get(key);
          }
        };
    assertThrows(UnreachableException.class, () -> check(cut, false));
  }

  @Test
  void aPlaceThatIsTakenAwayIsNoDamage() {
    MemoryStore store = duplicate(SOUND);
    OpenRepository repository = open(store);
    for (FileKind kind : List.of(FileKind.CONFIG, FileKind.PACK)) {
      files(store, kind).forEach(store::delete);
    }
    assertThrows(
        NotFoundException.class,
        () -> repository.check(new CheckOptions(false), CANCEL, Meter.NONE));
  }

  @Test
  void aLostLockDoesNotThrowTheReportAway() {
    MemoryStore store = duplicate(SOUND);
    StoreKey pack = files(store, FileKind.PACK).getFirst();
    byte[] bytes = store.get(pack);
    bytes[20] ^= 1;
    replace(store, pack, bytes);
    CheckReport report =
        open(store)
            .check(
                new CheckOptions(true),
                CANCEL,
                (_, _) -> {
                  synchronized (store) {
                    files(store, FileKind.LOCK).forEach(store::delete);
                  }
                });
    assertEquals(1, of(report, "repository.lock-lost").size());
    assertFalse(of(report, "repository.pack-damaged").isEmpty());
  }

  /// Many small files, so that there are many blobs.
  private static Map<String, byte[]> many(int count) {
    Map<String, byte[]> many = new HashMap<>();
    for (int i = 0; i < count; i++) {
      many.put("d" + i % 7 + "/f" + i, random(1000 + i, 50));
    }
    return many;
  }

  @Test
  void moreThanIsNamedIsCountedAndItsFilesAreNamed() {
    MemoryStore store = new MemoryStore();
    Stage.copy(Stage.init(), store);
    Stage.backUp(store, many(520));
    Set<StoreKey> packs = new HashSet<>(files(store, FileKind.PACK));
    // The index forgets where the data is, as if its file had been lost; trees are in others.
    files(store, FileKind.INDEX).forEach(store::delete);
    StoreKey data = largestPack(store);
    byte[] bytes = store.get(data);
    store.delete(data);
    assertTrue(packs.size() > 1, "trees have a pack of their own");
    MaintenanceSamples.repairIndex(store, true);
    store.put(data, bytes);
    CheckReport report = quickly(store, false);
    List<CheckFinding> missing = of(report, "repository.blob-missing");
    long lost = missing.stream().filter(f -> f.file().startsWith("data blob")).count();
    assertEquals(200, lost, () -> report.findings().toString());
    CheckFinding others =
        missing.stream().filter(f -> f.file().equals("index")).findFirst().orElseThrow();
    String count = others.message().replaceAll("\\D", "");
    assertEquals(Integer.parseInt(count), others.affected().size() + others.more());
    assertEquals(CheckFinding.SHOWN, others.affected().size());
    missing.forEach(finding -> assertFalse(finding.affected().isEmpty(), finding::toString));
  }

  @Test
  void hintsAreBounded() {
    MemoryStore store = duplicate(SOUND);
    for (int i = 0; i < 230; i++) {
      byte[] stray = random(i, 60);
      store.put(
          new StoreKey(FileKind.PACK, dev.backstay.repository.pack.SealedFiles.id(stray)), stray);
    }
    CheckReport report = check(store, false);
    assertTrue(report.sound());
    List<CheckFinding> strays = of(report, "repository.pack-unindexed");
    assertEquals(201, strays.size());
    assertTrue(strays.getLast().message().contains("30"), strays.getLast()::toString);
    assertTrue(strays.stream().allMatch(f -> f.severity() == Severity.HINT));
  }

  @Test
  void theSearchForAffectedFilesIsCountedAndCanBeCancelled() {
    MemoryStore store = duplicate(SOUND);
    store.delete(largestPack(store));
    AtomicInteger trees = new AtomicInteger();
    CheckReport report =
        open(store)
            .check(new CheckOptions(false), CANCEL, (items, _) -> trees.addAndGet((int) items));
    assertTrue(trees.get() >= 2 * report.trees(), () -> trees + " of " + report.trees());
    CancelToken cancel = new CancelToken();
    AtomicInteger seen = new AtomicInteger();
    assertThrows(
        CancelledException.class,
        () ->
            open(store)
                .check(
                    new CheckOptions(false),
                    cancel,
                    (items, _) -> {
                      if (seen.addAndGet((int) items) > report.trees()) {
                        cancel.cancel();
                      }
                    }));
  }
}
