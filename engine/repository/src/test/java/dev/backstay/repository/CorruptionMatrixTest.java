package dev.backstay.repository;

import static dev.backstay.repository.MaintenanceSamples.check;
import static dev.backstay.repository.MaintenanceSamples.duplicate;
import static dev.backstay.repository.MaintenanceSamples.files;
import static dev.backstay.repository.MaintenanceSamples.open;
import static dev.backstay.repository.MaintenanceSamples.repairAll;
import static dev.backstay.repository.MaintenanceSamples.replace;
import static dev.backstay.repository.MaintenanceSamples.rightOrRefused;
import static dev.backstay.repository.RepositoryTest.CANCEL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.EngineException;
import dev.backstay.model.Secret;
import dev.backstay.repository.check.CheckFinding;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.StoreKey;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every kind of file, damaged in every way: found and named, the rest restores, nothing is
/// silently wrong; the repairs bring back what can be brought back and leave a sound repository.
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class CorruptionMatrixTest {

  private static final MemoryStore SOUND = MaintenanceSamples.make();
  private static final int FILES =
      MaintenanceSamples.FIRST.size() + MaintenanceSamples.SECOND.size();

  private final MemoryStore store = duplicate(SOUND);

  enum Way {
    FLIP_FIRST,
    FLIP_LAST,
    FLIP_HEADER,
    FLIP_MIDDLE,
    FLIP_THIRD,
    EMPTY,
    ONE_BYTE,
    HALF,
    ONE_LESS,
    ONE_MORE,
    ZEROS,
    NOISE;

    byte[] harm(byte[] good) {
      return switch (this) {
        case FLIP_FIRST -> flip(good, 0);
        case FLIP_LAST -> flip(good, good.length - 1);
        case FLIP_HEADER -> flip(good, Math.max(0, good.length - 40));
        case FLIP_MIDDLE -> flip(good, good.length / 2);
        case FLIP_THIRD -> flip(good, good.length / 3);
        case EMPTY -> new byte[0];
        case ONE_BYTE -> Arrays.copyOf(good, 1);
        case HALF -> Arrays.copyOf(good, good.length / 2);
        case ONE_LESS -> Arrays.copyOf(good, good.length - 1);
        case ONE_MORE -> Arrays.copyOf(good, good.length + 1);
        case ZEROS -> new byte[good.length];
        case NOISE -> RepositoryTest.random(good.length, good.length);
      };
    }
  }

  private static byte[] flip(byte[] good, int at) {
    byte[] bad = good.clone();
    bad[Math.min(at, bad.length - 1)] ^= (byte) (1 << new Random(at).nextInt(8));
    return bad;
  }

  private void expectNamed(StoreKey key, String how) {
    CheckReport report = check(store);
    assertFalse(report.sound(), key + " " + how);
    String name = key.kind() == FileKind.PACK ? "data/" + key.name() : key.path();
    List<CheckFinding> about =
        report.findings().stream().filter(f -> f.file().equals(name)).toList();
    assertFalse(about.isEmpty(), () -> key + " " + how + ": " + report.findings());
    about.forEach(finding -> assertFalse(finding.remedy().isEmpty(), finding::toString));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void packs(Way way) {
    for (StoreKey key : files(store, FileKind.PACK)) {
      byte[] good = store.get(key);
      replace(store, key, way.harm(good));
      expectNamed(key, way.name());
      int right = rightOrRefused(store);
      repairAll(store);
      assertTrue(check(store).sound(), () -> key + " " + way + ": " + check(store).findings());
      assertTrue(rightOrRefused(store) >= right, key + " " + way + ": a repair lost something");
      reset();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void indexesComeBackWhole(Way way) {
    for (StoreKey key : files(store, FileKind.INDEX)) {
      replace(store, key, way.harm(store.get(key)));
      expectNamed(key, way.name());
      rightOrRefused(store);
      assertTrue(MaintenanceSamples.repairIndex(store, false), "there is something to do");
      assertEquals(List.of(), check(store).findings(), key + " " + way);
      assertEquals(FILES, rightOrRefused(store));
      reset();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void snapshots(Way way) {
    for (StoreKey key : files(store, FileKind.SNAPSHOT)) {
      replace(store, key, way.harm(store.get(key)));
      expectNamed(key, way.name());
      int right = rightOrRefused(store);
      assertTrue(right > 0, "the other one restores");
      assertFalse(MaintenanceSamples.repairSnapshots(store, false), "nothing without --forget");
      assertTrue(MaintenanceSamples.repairSnapshots(store, true));
      assertEquals(List.of(), check(store).findings());
      assertEquals(right, rightOrRefused(store));
      reset();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void keysAndConfig(Way way) {
    String second =
        open(store).maintenance().keys().add(Secret.of("another one"), "somebody", "there", CANCEL);
    for (StoreKey key : files(store, FileKind.CONFIG, FileKind.KEY)) {
      byte[] good = store.get(key);
      replace(store, key, way.harm(good));
      try {
        if (key.name().equals(second)) {
          expectNamed(key, way.name());
          assertEquals(FILES, rightOrRefused(store));
        } else {
          open(store).close();
          throw new AssertionError(key + " " + way + " was not noticed");
        }
      } catch (EngineException e) {
        assertTrue(
            e.getMessage() != null
                && e.getMessage().contains(key.kind() == FileKind.CONFIG ? "config" : key.path()),
            e.toString());
        assertFalse(e.remedy().isEmpty(), e.code());
      }
      replace(store, key, good);
    }
    assertEquals(List.of(), check(store).findings());
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void locks(Way way) {
    try (RepositoryWriter writer = open(store).writer()) {
      assertTrue(writer.stats().dataBlobs() == 0);
      StoreKey lock = files(store, FileKind.LOCK).getFirst();
      StoreKey bad = new StoreKey(FileKind.LOCK, "ab".repeat(32));
      store.put(bad, way.harm(store.get(lock)));
    }
    var locks = open(store).maintenance().locks();
    assertEquals(1, locks.list().size());
    assertFalse(locks.list().getFirst().readable(), way.name());
    assertEquals(0, locks.plan(false, _ -> true).removed().size(), "nobody knows whose it is");
    assertEquals(1, locks.apply(locks.plan(true, _ -> false)).size());
    assertEquals(List.of(), check(store).findings());
  }

  private void reset() {
    for (StoreKey key : files(store, FileKind.values())) {
      store.delete(key);
    }
    for (StoreKey key : files(SOUND, FileKind.values())) {
      store.put(key, SOUND.get(key));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FileKind.class,
      names = {"PACK", "INDEX", "SNAPSHOT"})
  void filesThatAreGone(FileKind kind) {
    for (StoreKey key : files(store, kind)) {
      store.delete(key);
      if (kind != FileKind.SNAPSHOT) {
        assertFalse(check(store).sound(), key + " deleted");
      }
      int right = rightOrRefused(store);
      repairAll(store);
      assertTrue(check(store).sound(), () -> key + ": " + check(store).findings());
      assertTrue(rightOrRefused(store) >= right, key + " deleted");
      if (kind == FileKind.INDEX) {
        assertEquals(FILES, rightOrRefused(store), "the packs say it all");
      }
      reset();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FileKind.class,
      names = {"PACK", "INDEX", "SNAPSHOT"})
  void filesThatChangedPlaces(FileKind kind) {
    List<StoreKey> keys = files(store, kind);
    for (int i = 1; i < keys.size(); i++) {
      byte[] one = store.get(keys.get(i - 1));
      byte[] other = store.get(keys.get(i));
      replace(store, keys.get(i - 1), other);
      replace(store, keys.get(i), one);
      expectNamed(keys.get(i), "swapped");
      expectNamed(keys.get(i - 1), "swapped");
      rightOrRefused(store);
      repairAll(store);
      assertTrue(check(store).sound(), () -> kind + ": " + check(store).findings());
      if (kind != FileKind.SNAPSHOT) {
        assertEquals(FILES, rightOrRefused(store), "both are there, under wrong names");
      }
      reset();
    }
  }

  @Test
  void filesOfAnotherKind() {
    StoreKey snapshot = files(store, FileKind.SNAPSHOT).getFirst();
    StoreKey index = files(store, FileKind.INDEX).getFirst();
    for (StoreKey[] pair : new StoreKey[][] {{snapshot, index}, {index, snapshot}}) {
      StoreKey place = new StoreKey(pair[0].kind(), pair[1].name());
      store.put(place, store.get(pair[1]));
      expectNamed(place, "sealed and named right, and of another kind");
      assertEquals(FILES, rightOrRefused(store));
      repairAll(store);
      if (place.kind() == FileKind.SNAPSHOT) {
        // It may be a newer version's: nobody but its owner gives it up.
        assertTrue(store.exists(place));
        store.delete(place);
      }
      assertEquals(List.of(), check(store).findings());
      assertEquals(FILES, rightOrRefused(store));
      reset();
    }
  }

  @Test
  void anOldIndexThatComesBackIsHarmlessOrNamed() {
    StoreKey index = files(store, FileKind.INDEX).getFirst();
    byte[] old = store.get(index);
    store.delete(index);
    MaintenanceSamples.repairIndex(store, false);
    store.put(index, old);
    assertEquals(FILES, rightOrRefused(store));
    assertTrue(check(store).sound());
    assertTrue(MaintenanceSamples.repairIndex(store, false), "it is tidied");
    assertEquals(List.of(), check(store).findings());
  }

  @Test
  void aPackThatComesBackAfterItWasGivenUpIsTakenUpAgain() {
    StoreKey pack = files(store, FileKind.PACK).getFirst();
    byte[] good = store.get(pack);
    store.delete(pack);
    MaintenanceSamples.repairIndex(store, false);
    assertFalse(check(store).sound());
    store.put(pack, good);
    assertTrue(MaintenanceSamples.repairIndex(store, false));
    assertEquals(List.of(), check(store).findings());
    assertEquals(FILES, rightOrRefused(store));
  }

  @Test
  void aBackupHealsWhatAPackRepairCouldNotSave() {
    for (StoreKey key : files(store, FileKind.PACK)) {
      replace(store, key, flip(store.get(key), 1000));
    }
    MaintenanceSamples.repairPacks(store);
    assertFalse(check(store).sound());
    MaintenanceSamples.backUp(store, MaintenanceSamples.SECOND, "second");
    assertTrue(check(store).sound(), () -> check(store).findings().toString());
    assertFalse(MaintenanceSamples.repairSnapshots(store, true), "nothing is lost any more");
  }

  @Test
  void findingsNameTheFilesThatAreAffected() {
    for (StoreKey key : files(store, FileKind.PACK)) {
      store.delete(key);
      CheckReport report = check(store);
      CheckFinding finding =
          report.findings().stream()
              .filter(f -> f.file().equals("data/" + key.name()))
              .findFirst()
              .orElseThrow();
      assertEquals("repository.pack-missing", finding.code());
      assertFalse(finding.affected().isEmpty(), key::toString);
      reset();
    }
  }
}
