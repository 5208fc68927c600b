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
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.EngineException;
import dev.backstay.model.LockedException;
import dev.backstay.model.Meter;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoredFile;
import dev.backstay.repository.tree.NodeTime;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The plug is pulled after every single change that a backup makes to the store.
@Timeout(600)
class CrashMatrixTest {

  private static final byte[] FIRST = random(11, 3_000_000);
  private static final byte[] SECOND = random(12, 36_000_000);

  private static Snapshot backUp(ObjectStore store, byte[] bytes, String path) {
    OpenRepository repository = Repository.open(store, PASSWORD, SETTINGS);
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      add(tree, writer, path, bytes);
      return commit(writer, tree, null);
    }
  }

  @Test
  void committedSnapshotsSurviveEveryCut() {
    boolean done = false;
    for (int last = 0; !done; last++) {
      assertTrue(last < 100, "it ends");
      MemoryStore store = new MemoryStore();
      Repository.init(store, PASSWORD, SETTINGS).close();
      Snapshot kept = backUp(store, FIRST, "a");
      FailingStore failing = new FailingStore(store, last);
      try {
        backUp(failing, SECOND, "b");
        done = failing.changes() <= last;
      } catch (EngineException e) {
        assertEquals("store.failed", e.code());
      }
      OpenRepository after = Repository.open(store, PASSWORD, SETTINGS);
      CheckReport report = after.check(new CheckOptions(true), CANCEL, Meter.NONE);
      assertTrue(report.sound(), () -> report.findings().toString());
      assertArrayEquals(FIRST, read(after, kept, "a"));
      Snapshot again = backUp(store, SECOND, "b");
      assertArrayEquals(SECOND, read(Repository.open(store, PASSWORD, SETTINGS), again, "b"));
    }
  }

  @Test
  void anInitThatWasCutOffCanBeRepeated() {
    boolean done = false;
    for (int last = 0; !done; last++) {
      assertTrue(last < 100, "it ends");
      // Which of two keys is tried first is by chance.
      for (int i = 0; i < 4; i++) {
        MemoryStore store = new MemoryStore();
        FailingStore failing = new FailingStore(store, last);
        try {
          Repository.init(failing, PASSWORD, SETTINGS).close();
          done = true;
        } catch (EngineException e) {
          Repository.init(store, PASSWORD, SETTINGS).close();
        }
        Snapshot snapshot = backUp(store, FIRST, "a");
        OpenRepository again = Repository.open(store, PASSWORD, SETTINGS);
        assertArrayEquals(FIRST, read(again, snapshot, "a"));
      }
    }
  }

  @Test
  void aRunAfterAKilledOneFindsItsBlobs() {
    MemoryStore store = new MemoryStore();
    Repository.init(store, PASSWORD, SETTINGS).close();
    byte[] big = random(13, 110_000_000);
    // The lock, and four packs with an index each: more than half.
    FailingStore failing = new FailingStore(store, 9);
    Assertions.assertThrows(EngineException.class, () -> backUp(failing, big, "b"));
    OpenRepository repository = Repository.open(store, PASSWORD, SETTINGS);
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      add(tree, writer, "b", big);
      commit(writer, tree, null);
      long again = writer.stats().dataAdded();
      assertTrue(again < big.length * 0.6, "sent again: " + again);
    }
  }

  @Test
  void aLostLockForbidsTheCommit() {
    MemoryStore store = new MemoryStore();
    OpenRepository repository = Repository.init(store, PASSWORD, SETTINGS);
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      add(tree, writer, "a", FIRST);
      for (StoredFile lock : store.list(FileKind.LOCK)) {
        store.delete(lock.key());
      }
      Assertions.assertThrows(LockedException.class, () -> commit(writer, tree, null));
    }
    assertEquals(0, repository.snapshots().size());
  }

  @Test
  void anExclusiveLockWaitsForWriters() {
    MemoryStore store = new MemoryStore();
    OpenRepository repository = Repository.init(store, PASSWORD, SETTINGS);
    Snapshot snapshot = backUp(store, FIRST, "a");
    try (RepositoryWriter writer = repository.writer()) {
      assertTrue(writer.stats().dataBlobs() == 0);
      Assertions.assertThrows(LockedException.class, () -> repository.forget(snapshot));
    }
    repository.forget(snapshot);
    assertEquals(0, repository.snapshots().size());
    assertEquals(0, store.list(FileKind.LOCK).size());
  }
}
