package dev.backstay.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.LockedException;
import dev.backstay.model.StorageException;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.lock.WaitingClock;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When a lock is written, renewed and looked at, and how often a store is asked for it.
class LockTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  /// Time passes when somebody waits, and when a test says so.
  private static final class TestClock implements WaitingClock {
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private long nanos;
    private final List<Duration> waits = new ArrayList<>();

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void pause(Duration duration) {
      waits.add(duration);
      pass(duration);
    }

    @Override
    public long nanos() {
      return nanos;
    }

    void pass(Duration duration) {
      now = now.plus(duration);
      nanos += duration.toNanos();
    }
  }

  /// What is asked of a store.
  private static final class Asked extends PassingStore {
    private final List<String> calls = new ArrayList<>();

    Asked(MemoryStore store) {
      super(store);
    }

    @Override
    public List<StoredFile> list(FileKind kind) {
      calls.add("list");
      return super.list(kind);
    }

    @Override
    public byte[] get(StoreKey key) {
      calls.add("get");
      return super.get(key);
    }

    @Override
    public boolean exists(StoreKey key) {
      calls.add("exists");
      return super.exists(key);
    }

    @Override
    public void put(StoreKey key, byte[] bytes, int from, int length) {
      calls.add("put");
      super.put(key, bytes, from, length);
    }

    @Override
    public void delete(StoreKey key) {
      calls.add("delete");
      super.delete(key);
    }
  }

  private final TestClock clock = new TestClock();
  private final MemoryStore memory = new MemoryStore();
  private final Asked store = new Asked(memory);
  private final CodecPool codecs = new CodecPool(MasterKey.random(RANDOM), RANDOM, 1);
  private final SealedFiles files = new SealedFiles(store, codecs);

  @AfterEach
  void close() {
    codecs.close();
  }

  private RepositoryLock acquire(String host, boolean exclusive, Runnable meanwhile) {
    return RepositoryLock.acquire(
        store, files, clock, host, "user", exclusive, Duration.ZERO, meanwhile);
  }

  private RepositoryLock shared() {
    return acquire("here", false, () -> {});
  }

  private void asked(String... calls) {
    assertEquals(List.of(calls), store.calls);
    store.calls.clear();
  }

  @Test
  void aLockIsThreeRequestsAndItsEndIsOne() {
    RepositoryLock lock = shared();
    asked("list", "put", "list");
    lock.close();
    asked("delete");
    assertEquals(List.of(), memory.list(FileKind.LOCK));
  }

  @Test
  void aNewLockIsConfirmedWithoutBeingRenewed() {
    try (RepositoryLock lock = shared()) {
      store.calls.clear();
      String name = lock.name();
      clock.pass(Duration.ofSeconds(100));
      lock.confirm();
      asked("exists", "list");
      assertEquals(name, lock.name());
    }
  }

  @Test
  void anOlderOneIsRenewed() {
    try (RepositoryLock lock = shared()) {
      String name = lock.name();
      clock.pass(Duration.ofMinutes(3));
      lock.confirm();
      assertNotEquals(name, lock.name());
      assertEquals(1, memory.list(FileKind.LOCK).size());
    }
  }

  /// A clock that was set back says nothing about the age of a lock.
  @Test
  void oneFromTheFutureIsRenewed() {
    try (RepositoryLock lock = shared()) {
      String name = lock.name();
      clock.pass(Duration.ofHours(-1));
      lock.confirm();
      assertNotEquals(name, lock.name());
    }
  }

  @Test
  void oneThatWasTakenAwayIsNeverConfirmed() {
    for (Duration age : List.of(Duration.ZERO, Duration.ofMinutes(3))) {
      RepositoryLock lock = shared();
      clock.pass(age);
      memory.delete(new StoreKey(FileKind.LOCK, lock.name()));
      LockedException e = assertThrows(LockedException.class, lock::confirm);
      assertEquals("repository.lock-lost", e.code());
      lock.close();
      assertEquals(List.of(), memory.list(FileKind.LOCK));
    }
  }

  /// What a lock says never changes: with many writers each would read all others again and again.
  @Test
  void otherLocksAreReadOnce() {
    try (RepositoryLock first = acquire("there", false, () -> {});
        RepositoryLock lock = shared()) {
      assertNotEquals(first.name(), lock.name());
      store.calls.clear();
      lock.confirm();
      asked("exists", "list");
      try (RepositoryLock third = acquire("elsewhere", false, () -> {})) {
        store.calls.clear();
        lock.confirm();
        asked("exists", "list", "get");
        assertNotEquals(third.name(), lock.name());
      }
    }
  }

  @Test
  void whatIsDoneMeanwhileIsPartOfTheWait() {
    acquire("here", false, () -> clock.pass(Duration.ofMillis(150))).close();
    acquire("here", false, () -> clock.pass(Duration.ofMillis(900))).close();
    assertEquals(List.of(Duration.ofMillis(50)), clock.waits);
  }

  @Test
  void whatFailsMeanwhileLeavesNoLock() {
    Runnable failing =
        () -> {
          throw new StorageException("store.failed", "no listing", "try again");
        };
    assertThrows(StorageException.class, () -> acquire("here", true, failing));
    assertEquals(List.of(), memory.list(FileKind.LOCK));
  }

  /// An exclusive lock that appears while this one settles is found afterwards, whatever was done
  /// in between.
  @Test
  void anExclusiveLockThatComesMeanwhileForbidsThisOne() {
    Asked beside = new Asked(new MemoryStore());
    SealedFiles sealed = new SealedFiles(beside, codecs);
    RepositoryLock exclusive =
        RepositoryLock.acquire(
            beside, sealed, clock, "there", "user", true, Duration.ZERO, () -> {});
    StoreKey key = new StoreKey(FileKind.LOCK, exclusive.name());
    Runnable meanwhile = () -> memory.put(key, beside.get(key));
    LockedException e =
        assertThrows(LockedException.class, () -> acquire("here", false, meanwhile));
    assertTrue(String.valueOf(e.getMessage()).contains("there"), e.getMessage());
    assertEquals(1, memory.list(FileKind.LOCK).size(), "its own is gone");
  }
}
