package dev.backstay.repository;

import static dev.backstay.repository.MaintenanceSamples.duplicate;
import static dev.backstay.repository.MaintenanceSamples.files;
import static dev.backstay.repository.MaintenanceSamples.replace;
import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.PASSWORD;
import static dev.backstay.repository.RepositoryTest.random;
import static dev.backstay.repository.Stage.AT_ONCE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.copy.CopyPlan;
import dev.backstay.repository.copy.CopyReport;
import dev.backstay.repository.copy.SnapshotCopy;
import dev.backstay.repository.prune.MaxUnused;
import dev.backstay.repository.prune.PruneOptions;
import dev.backstay.repository.prune.PruneOutcome;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFilter;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Copies between repositories, with what others do to the target meanwhile.
@Timeout(300)
class CopyTest {

  private static final MemoryStore SOURCE = MaintenanceSamples.make();
  private static final PruneOptions ALL = AT_ONCE.withMaxUnused(MaxUnused.NONE);

  private final MemoryStore target = new MemoryStore();

  CopyTest() {
    Repository.init(target, PASSWORD, Stage.QUICK, MaintenanceSamples.open(SOURCE)).close();
  }

  private static SnapshotCopy copy(ObjectStore source, ObjectStore target) {
    return Stage.open(source).maintenance().copyTo(Stage.open(target).maintenance());
  }

  private static CopyReport run(ObjectStore source, ObjectStore target) {
    SnapshotCopy copy = copy(source, target);
    return copy.apply(copy.plan(SnapshotFilter.ALL, CANCEL), CANCEL, Meter.NONE);
  }

  /// The only snapshot with these files.
  private static MemoryStore withOne(Map<String, byte[]> files) {
    MemoryStore store = new MemoryStore();
    Stage.copy(Stage.init(), store);
    Stage.backUp(store, files);
    return store;
  }

  private static CheckReport check(ObjectStore store) {
    return Stage.open(store).check(new CheckOptions(true), CANCEL, Meter.NONE);
  }

  private void assertTargetIsWhole(int snapshots) {
    CheckReport report = check(target);
    assertTrue(report.sound(), () -> report.findings().toString());
    assertEquals(snapshots, report.snapshots());
    for (Snapshot snapshot : Stage.open(target).snapshots()) {
      if (!snapshot.tags().contains("first") && !snapshot.tags().contains("second")) {
        continue;
      }
      MaintenanceSamples.of(snapshot)
          .forEach((path, bytes) ->
              assertArrayEquals(
                  bytes, RepositoryTest.read(Stage.open(target), snapshot, path), path));
    }
  }

  @Test
  void isWhole() {
    assertEquals(2, run(SOURCE, target).made().size());
    assertTargetIsWhole(2);
    assertEquals(List.of(), run(SOURCE, target).made());
  }

  /// A copy finds blobs of the target that no snapshot needs; a prune sets them aside while it
  /// works.
  @Test
  void aPruneOfTheTargetSetsAsideWhatTheCopyReliesOn() {
    Snapshot garbage = Stage.backUp(target, MaintenanceSamples.FIRST);
    Stage.backUp(target, Map.of("other", random(51, 90_000)));
    Stage.open(target).forget(garbage);
    boolean[] pruned = new boolean[1];
    ObjectStore beside =
        new PassingStore(target) {
          @Override
          public void put(StoreKey key, byte[] bytes, int from, int length) {
            if (key.kind() == FileKind.SNAPSHOT && !pruned[0]) {
              pruned[0] = true;
              PruneOutcome outcome = Stage.prune(target, ALL);
              assertTrue(outcome.packsSetAside() > 0, outcome::toString);
              assertFalse(files(target, FileKind.CANDIDATES).isEmpty());
            }
            super.put(key, bytes, from, length);
          }
        };
    assertEquals(2, run(SOURCE, beside).made().size());
    assertTrue(pruned[0]);
    assertTrue(
        check(target).findings().stream().noneMatch(f -> f.code().contains("aside")),
        () -> check(target).findings().toString());
    assertTargetIsWhole(3);
    Stage.prune(target, ALL);
    Stage.prune(target, ALL);
    assertTargetIsWhole(3);
  }

  /// The same, and somebody cancels in the very moment.
  @Test
  void whatWasSetAsideComesBackThoughItIsCancelled() {
    Snapshot garbage = Stage.backUp(target, MaintenanceSamples.FIRST);
    Stage.backUp(target, Map.of("other", random(51, 90_000)));
    Stage.open(target).forget(garbage);
    CancelToken cancel = new CancelToken();
    ObjectStore beside =
        new PassingStore(target) {
          @Override
          public void put(StoreKey key, byte[] bytes, int from, int length) {
            if (key.kind() == FileKind.SNAPSHOT && !cancel.isCancelled()) {
              assertTrue(Stage.prune(target, ALL).packsSetAside() > 0);
              cancel.cancel();
            }
            super.put(key, bytes, from, length);
          }
        };
    SnapshotCopy copy = copy(SOURCE, beside);
    CopyPlan plan = copy.plan(SnapshotFilter.ALL, CANCEL);
    try {
      copy.apply(plan, cancel, Meter.NONE);
    } catch (EngineException e) {
      assertEquals("job.cancelled", e.code());
    }
    assertTrue(
        check(target).findings().stream().noneMatch(f -> f.code().contains("aside")),
        () -> check(target).findings().toString());
    assertTargetIsWhole(2);
  }

  /// What was set aside before is taken for absent.
  @Test
  void whatIsSetAsideAlreadyIsSentAgain() {
    Snapshot garbage = Stage.backUp(target, MaintenanceSamples.FIRST);
    Stage.backUp(target, Map.of("other", random(51, 90_000)));
    Stage.open(target).forget(garbage);
    assertTrue(Stage.prune(target, ALL).packsSetAside() > 0);
    CopyReport report = run(SOURCE, target);
    assertTrue(report.bytes() > 4_000_000, report::toString);
    assertTrue(Stage.prune(target, ALL).packsDeleted() > 0);
    assertTargetIsWhole(3);
  }

  @Test
  void aTruncatedPackOfTheTargetIsNotReliedOn() {
    Stage.backUp(target, MaintenanceSamples.FIRST);
    for (StoreKey pack : files(target, FileKind.PACK)) {
      byte[] bytes = target.get(pack);
      replace(target, pack, Arrays.copyOf(bytes, bytes.length - 300));
    }
    CopyReport report = run(SOURCE, target);
    assertEquals(2, report.made().size());
    for (Snapshot snapshot : Stage.open(target).snapshots()) {
      if (report.made().contains(snapshot.id())) {
        MaintenanceSamples.of(snapshot)
            .forEach((path, bytes) ->
                assertArrayEquals(
                    bytes, RepositoryTest.read(Stage.open(target), snapshot, path), path));
      }
    }
    assertTrue(report.bytes() > 4_000_000, report::toString);
  }

  @Test
  void unreadableSnapshotsAreNamed() {
    MemoryStore source = duplicate(SOURCE);
    StoreKey bad = files(source, FileKind.SNAPSHOT).getFirst();
    byte[] bytes = source.get(bad);
    bytes[30] ^= 1;
    replace(source, bad, bytes);
    SnapshotCopy copy = copy(source, target);
    CopyPlan plan = copy.plan(SnapshotFilter.ALL, CANCEL);
    assertEquals(1, plan.copied().size());
    ItemFailure failure = plan.damaged().getFirst();
    assertEquals("repository.snapshot-damaged", failure.code());
    assertTrue(failure.item().contains(bad.name()), failure::toString);
    assertFalse(failure.remedy().isEmpty());
    String good = plan.copied().getFirst().id();
    SnapshotFilter named =
        new SnapshotFilter(List.of(good.substring(0, 12)), List.of(), List.of(), List.of());
    assertEquals(List.of(), copy.plan(named, CANCEL).damaged(), "nobody asked for it");
  }

  @Test
  void whatSomebodyElseCopiedMeanwhileIsNotCopiedTwice() {
    SnapshotCopy copy = copy(SOURCE, target);
    CopyPlan plan = copy.plan(SnapshotFilter.ALL, CANCEL);
    assertEquals(2, run(SOURCE, target).made().size());
    CopyReport report = copy.apply(plan, CANCEL, Meter.NONE);
    assertEquals(List.of(), report.made());
    assertEquals(2, report.skipped().size());
    assertEquals(0, report.blobs());
    assertTargetIsWhole(2);
  }

  @Test
  void whatSomebodyElseCommitsBeforeUsIsNotCommittedTwice() {
    boolean[] other = new boolean[1];
    ObjectStore beside =
        new PassingStore(target) {
          @Override
          public void put(StoreKey key, byte[] bytes, int from, int length) {
            super.put(key, bytes, from, length);
            if (key.kind() == FileKind.INDEX && !other[0]) {
              other[0] = true;
              assertEquals(2, run(SOURCE, target).made().size());
            }
          }
        };
    CopyReport report = run(SOURCE, beside);
    assertTrue(other[0]);
    assertEquals(List.of(), report.made());
    assertEquals(2, report.skipped().size());
    assertTargetIsWhole(2);
  }

  @Test
  void aLostLockOnTheSourceIsAWarning() {
    MemoryStore source = duplicate(SOURCE);
    ObjectStore beside =
        new PassingStore(target) {
          @Override
          public void put(StoreKey key, byte[] bytes, int from, int length) {
            super.put(key, bytes, from, length);
            if (key.kind() == FileKind.SNAPSHOT) {
              files(source, FileKind.LOCK).forEach(source::delete);
            }
          }
        };
    CopyReport report = run(source, beside);
    assertEquals(2, report.made().size());
    assertEquals(
        List.of("repository.lock-lost"),
        report.warnings().stream().map(ItemFailure::code).toList());
    assertTargetIsWhole(2);
  }

  @Test
  void whatTheSourceLostIsNamedForEachSnapshot() {
    MemoryStore source = withOne(Map.of("a", random(61, 400_000), "b", random(62, 10)));
    StoreKey pack =
        files(source, FileKind.PACK).stream()
            .max(java.util.Comparator.comparingLong(source::size))
            .orElseThrow();
    Stage.backUp(source, Map.of("a", random(61, 400_000), "c", random(63, 10)));
    Stage.backUp(source, Map.of("c", random(63, 10)));
    source.delete(pack);
    CopyReport report = run(source, target);
    assertEquals(1, report.made().size());
    assertEquals(2, report.failures().size());
    report.failures().forEach(f -> assertTrue(f.message().contains("of a"), f::toString));
    assertTargetIsWhole(1);
  }

  @Test
  void nothingIsLeftLocked() {
    assertEquals(2, run(SOURCE, target).made().size());
    assertEquals(List.of(), files(target, FileKind.LOCK));
  }
}
