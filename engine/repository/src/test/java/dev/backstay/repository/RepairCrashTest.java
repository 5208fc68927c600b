package dev.backstay.repository;

import static dev.backstay.repository.MaintenanceSamples.check;
import static dev.backstay.repository.MaintenanceSamples.duplicate;
import static dev.backstay.repository.MaintenanceSamples.files;
import static dev.backstay.repository.MaintenanceSamples.repairIndex;
import static dev.backstay.repository.MaintenanceSamples.repairPacks;
import static dev.backstay.repository.MaintenanceSamples.repairSnapshots;
import static dev.backstay.repository.MaintenanceSamples.replace;
import static dev.backstay.repository.MaintenanceSamples.rightOrRefused;
import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.PASSWORD;
import static dev.backstay.repository.RepositoryTest.SETTINGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.EngineException;
import dev.backstay.model.Meter;
import dev.backstay.model.Secret;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFilter;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The plug is pulled after every single change that maintenance makes to the store.
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class RepairCrashTest {

  private static final MemoryStore SOUND = MaintenanceSamples.make();
  private static final int FILES =
      MaintenanceSamples.FIRST.size() + MaintenanceSamples.SECOND.size();

  /// Cuts `work` off after 0, 1, 2… changes until it is through.
  ///
  /// @return how many cuts there were
  private static int cuts(
      MemoryStore begin, Consumer<ObjectStore> work, Consumer<MemoryStore> afterwards) {
    for (int last = 0; ; last++) {
      assertTrue(last < 200, "it ends");
      MemoryStore store = duplicate(begin);
      FailingStore failing = new FailingStore(store, last);
      boolean through = false;
      try {
        work.accept(failing);
        through = failing.changes() <= last;
      } catch (EngineException e) {
        // Of what was locked before the plug was pulled the lock is still there.
        assertTrue(
            List.of("store.failed", "repository.locked", "repository.two-passwords")
                .contains(e.code()),
            e.toString());
      }
      // The process that held it is dead.
      files(store, FileKind.LOCK).forEach(store::delete);
      afterwards.accept(store);
      if (through) {
        return last;
      }
    }
  }

  private static void expectNothingLost(MemoryStore store, int right, Consumer<MemoryStore> again) {
    assertTrue(rightOrRefused(store) >= right, "less can be read than before");
    again.accept(store);
    assertTrue(rightOrRefused(store) >= right, "less can be read than before");
  }

  @Test
  void repairOfALostIndex() {
    MemoryStore store = duplicate(SOUND);
    files(store, FileKind.INDEX).forEach(store::delete);
    int cuts =
        cuts(
            store,
            s -> repairIndex(s, false),
            s ->
                expectNothingLost(
                    s,
                    0,
                    again -> {
                      repairIndex(again, false);
                      assertEquals(FILES, rightOrRefused(again));
                      assertTrue(check(again).sound());
                    }));
    assertTrue(cuts >= 3, "cuts: " + cuts);
  }

  @Test
  void repairOfADamagedIndex() {
    MemoryStore store = duplicate(SOUND);
    StoreKey index = files(store, FileKind.INDEX).getFirst();
    replace(store, index, new byte[500]);
    StoreKey pack = files(store, FileKind.PACK).getLast();
    store.delete(pack);
    int right = rightOrRefused(store);
    cuts(
        store,
        s -> repairIndex(s, true),
        s ->
            expectNothingLost(
                s,
                right,
                again -> {
                  repairIndex(again, true);
                  assertTrue(
                      check(again).findings().stream()
                          .noneMatch(f -> f.file().startsWith("index/")));
                }));
  }

  @Test
  void repairOfPacks() {
    MemoryStore store = duplicate(SOUND);
    for (StoreKey pack : files(store, FileKind.PACK)) {
      byte[] bad = store.get(pack);
      bad[bad.length / 2] ^= 4;
      replace(store, pack, bad);
    }
    int right = rightOrRefused(store);
    int cuts =
        cuts(
            store,
            MaintenanceSamples::repairPacks,
            s ->
                expectNothingLost(
                    s,
                    right,
                    again -> {
                      repairIndex(again, false);
                      repairPacks(again);
                      repairSnapshots(again, true);
                      assertTrue(check(again).sound(), () -> check(again).findings().toString());
                    }));
    assertTrue(cuts >= 6, "cuts: " + cuts);
  }

  @Test
  void repairOfSnapshots() {
    MemoryStore store = duplicate(SOUND);
    for (StoreKey pack : files(store, FileKind.PACK)) {
      byte[] bad = store.get(pack);
      if (bad.length > 100_000) {
        bad[200_000 % bad.length] ^= 4;
        replace(store, pack, bad);
      }
    }
    repairPacks(store);
    int snapshots = files(store, FileKind.SNAPSHOT).size();
    int right = rightOrRefused(store);
    cuts(
        store,
        s -> repairSnapshots(s, true),
        s -> {
          assertTrue(files(s, FileKind.SNAPSHOT).size() >= snapshots, "a snapshot is gone");
          expectNothingLost(
              s,
              right,
              again -> {
                repairIndex(again, false);
                repairSnapshots(again, true);
                assertEquals(snapshots, files(again, FileKind.SNAPSHOT).size(), "none twice");
                assertTrue(check(again).sound(), () -> check(again).findings().toString());
              });
        });
  }

  @Test
  void changeOfThePassword() {
    Secret fresh = Secret.of("the new one");
    int cuts =
        cuts(
            SOUND,
            s -> MaintenanceSamples.maintenance(s).keys().change(fresh, "", "", CANCEL),
            s -> {
              Secret opens = opens(s, PASSWORD) ? PASSWORD : fresh;
              OpenRepository repository = Repository.open(s, opens, SETTINGS);
              assertEquals(2, repository.snapshots().size());
            });
    assertTrue(cuts >= 4, "cuts: " + cuts);
  }

  private static boolean opens(ObjectStore store, Secret password) {
    try {
      Repository.open(store, password, SETTINGS).close();
      return true;
    } catch (UnauthenticatedException e) {
      return false;
    }
  }

  @Test
  void addingAndRemovingAKey() {
    Secret other = Secret.of("other");
    cuts(
        SOUND,
        s -> {
          String id = MaintenanceSamples.maintenance(s).keys().add(other, "", "", CANCEL);
          MaintenanceSamples.maintenance(s).keys().remove(id, CANCEL);
        },
        s -> assertTrue(opens(s, PASSWORD)));
  }

  @Test
  void copies() {
    MemoryStore empty = new MemoryStore();
    Secret password = Secret.of("of the target");
    Repository.init(empty, password, SETTINGS, MaintenanceSamples.open(SOUND)).close();
    int cuts =
        cuts(
            empty,
            s -> copy(s, password),
            s -> {
              OpenRepository after = Repository.open(s, password, SETTINGS);
              for (Snapshot snapshot : after.snapshots()) {
                MaintenanceSamples.of(snapshot)
                    .forEach((path, bytes) ->
                        assertTrue(
                            Arrays.equals(bytes, RepositoryTest.read(after, snapshot, path)),
                            path));
              }
              copy(s, password);
              OpenRepository again = Repository.open(s, password, SETTINGS);
              assertEquals(2, again.snapshots().size(), "none twice");
              assertTrue(
                  again
                      .check(
                          new dev.backstay.repository.check.CheckOptions(true), CANCEL, Meter.NONE)
                      .sound());
            });
    assertTrue(cuts >= 8, "cuts: " + cuts);
  }

  private static void copy(ObjectStore target, Secret password) {
    var copy =
        MaintenanceSamples.maintenance(SOUND)
            .copyTo(Repository.open(target, password, SETTINGS).maintenance());
    var report = copy.apply(copy.plan(SnapshotFilter.ALL, CANCEL), CANCEL, Meter.NONE);
    assertEquals(List.of(), report.failures());
  }
}
