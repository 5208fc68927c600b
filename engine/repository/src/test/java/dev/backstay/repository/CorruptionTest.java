package dev.backstay.repository;

import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.PASSWORD;
import static dev.backstay.repository.RepositoryTest.SETTINGS;
import static dev.backstay.repository.RepositoryTest.add;
import static dev.backstay.repository.RepositoryTest.commit;
import static dev.backstay.repository.RepositoryTest.random;
import static dev.backstay.repository.RepositoryTest.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import dev.backstay.repository.tree.NodeTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every kind of file, flipped, cut, emptied or gone: noticed, named, and never restored as if it
/// were right.
@Timeout(300)
class CorruptionTest {

  private static final byte[] A = random(21, 900_000);
  private static final byte[] B = random(22, 1_700_000);

  private final MemoryStore store = new MemoryStore();
  private Snapshot snapshot = newRepository();

  private Snapshot newRepository() {
    OpenRepository repository = Repository.init(store, PASSWORD, SETTINGS);
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      add(tree, writer, "a", A);
      add(tree, writer, "d/b", B);
      return commit(writer, tree, null);
    }
  }

  @BeforeEach
  void soundAtFirst() {
    snapshot = Repository.open(store, PASSWORD, SETTINGS).snapshot("latest");
    assertTrue(check().sound());
  }

  private CheckReport check() {
    return Repository.open(store, PASSWORD, SETTINGS)
        .check(new CheckOptions(true), CANCEL, Meter.NONE);
  }

  private List<StoreKey> files() {
    List<StoreKey> keys = new ArrayList<>(List.of(StoreKey.CONFIG));
    for (FileKind kind : List.of(FileKind.KEY, FileKind.PACK, FileKind.INDEX, FileKind.SNAPSHOT)) {
      store.list(kind).stream().map(StoredFile::key).forEach(keys::add);
    }
    return keys;
  }

  @Test
  void everyDamageIsNoticed() {
    Random random = new Random(3);
    for (StoreKey key : files()) {
      byte[] good = store.get(key);
      for (int i = 0; i < 12; i++) {
        byte[] flipped = good.clone();
        int at = i == 0 ? 0 : i == 1 ? good.length - 1 : random.nextInt(good.length);
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        damage(key, good, flipped, "byte " + at);
      }
      for (int length : new int[] {0, 1, good.length / 2, good.length - 1}) {
        damage(key, good, Arrays.copyOf(good, length), "cut to " + length);
      }
      damage(key, good, Arrays.copyOf(good, good.length + 1), "one more byte");
      store.delete(key);
      expectNoticed(key, "deleted");
      store.put(key, good);
    }
    assertTrue(check().sound());
  }

  private void damage(StoreKey key, byte[] good, byte[] bad, String how) {
    store.delete(key);
    store.put(key, bad);
    expectNoticed(key, how);
    store.delete(key);
    store.put(key, good);
  }

  private void expectNoticed(StoreKey key, String how) {
    try (OpenRepository repository = Repository.open(store, PASSWORD, SETTINGS)) {
      CheckReport report = repository.check(new CheckOptions(true), CANCEL, Meter.NONE);
      // A snapshot that is gone takes nothing else with it, and nothing is left to notice it by.
      if (!(key.kind() == FileKind.SNAPSHOT && how.equals("deleted"))) {
        assertFalse(report.sound(), key + " " + how);
      }
      expectRightOrNothing(repository, "a", A);
      expectRightOrNothing(repository, "d/b", B);
    } catch (EngineException e) {
      assertFalse(e.remedy().isEmpty(), e.code());
      assertTrue(key.kind() == FileKind.CONFIG || key.kind() == FileKind.KEY, key + " " + e);
    }
  }

  private void expectRightOrNothing(OpenRepository repository, String path, byte[] right) {
    try {
      assertArrayEquals(right, read(repository, snapshot, path));
    } catch (EngineException e) {
      assertFalse(e.remedy().isEmpty(), e.code());
    }
  }

  @Test
  void aNewBackupHealsALostIndex() {
    StoreKey index = store.list(FileKind.INDEX).getFirst().key();
    store.delete(index);
    assertFalse(check().sound());
    OpenRepository repository = Repository.open(store, PASSWORD, SETTINGS);
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      add(tree, writer, "a", A);
      add(tree, writer, "d/b", B);
      commit(writer, tree, null);
    }
    assertTrue(check().sound());
    assertArrayEquals(B, read(repository, snapshot, "d/b"));
  }

  @Test
  void aNewBackupStoresAgainWhatMissingAndShortPacksHeld() {
    List<StoredFile> packs = store.list(FileKind.PACK);
    for (int i = 0; i < packs.size(); i++) {
      StoreKey key = packs.get(i).key();
      byte[] bytes = store.get(key);
      store.delete(key);
      if (i % 2 == 1) {
        store.put(key, Arrays.copyOf(bytes, bytes.length / 2));
      }
    }
    OpenRepository repository = Repository.open(store, PASSWORD, SETTINGS);
    try (RepositoryWriter writer = repository.writer()) {
      assertEquals(
          packs.stream().map(p -> "data/" + p.key().name()).sorted().toList(),
          repository.damage().stream().map(ItemFailure::item).toList());
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      add(tree, writer, "a", A);
      add(tree, writer, "d/b", B);
      commit(writer, tree, null);
    }
    OpenRepository again = Repository.open(store, PASSWORD, SETTINGS);
    assertArrayEquals(A, read(again, again.snapshot("latest"), "a"));
    assertArrayEquals(B, read(again, snapshot, "d/b"), "the old snapshot is healed too");
  }

  @Test
  void aDamagedSnapshotAndIndexAreNamedByTheWay() {
    for (FileKind kind : List.of(FileKind.SNAPSHOT, FileKind.INDEX)) {
      StoreKey key = store.list(kind).getFirst().key();
      store.delete(key);
      store.put(key, new byte[100]);
      OpenRepository repository = Repository.open(store, PASSWORD, SETTINGS);
      assertEquals(List.of(), repository.damage());
      repository.snapshots();
      repository.writer().close();
      assertTrue(
          repository.damage().stream().anyMatch(f -> f.item().equals(key.path())),
          repository.damage()::toString);
    }
  }

  @Test
  void aRepositoryWithoutConfigIsNotMadeAnew() {
    store.delete(StoreKey.CONFIG);
    int files = files().size();
    EngineException error =
        assertThrows(
            EngineException.class, () -> Repository.init(store, PASSWORD, SETTINGS).close());
    assertEquals("repository.remains", error.code());
    assertEquals(files, files().size());
  }

  @Test
  void aNewerVersionIsRefused() {
    EngineException error =
        assertThrows(
            EngineException.class,
            () ->
                Config.decode(
                    "{\"version\":3,\"id\":\"x\"}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertEquals("repository.newer", error.code());
  }
}
