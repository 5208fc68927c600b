package dev.backstay.repository.lock;

import dev.backstay.model.DamagedException;
import dev.backstay.model.EngineException;
import dev.backstay.model.LockedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A held lock: renewed by a thread of its own until it is closed, as restic does.
public final class RepositoryLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RepositoryLock.class);
  private static final Duration SETTLE = Duration.ofMillis(200);

  /// A younger lock is not renewed before a commit: others leave it alone for half an hour.
  private static final Duration FRESH = Duration.ofMinutes(2);

  private static final int LISTINGS = 5;

  private final ObjectStore store;
  private final SealedFiles files;
  private final WaitingClock clock;
  private final String hostname;
  private final String username;
  private final boolean exclusive;
  private final Duration refresh;
  private final CountDownLatch closed = new CountDownLatch(1);
  // Locks of others that forbid nothing; what such a file says never changes.
  private final Set<String> harmless = ConcurrentHashMap.newKeySet();
  private String name = "";
  private String origin = "";
  private Instant written = Instant.EPOCH;

  private RepositoryLock(
      ObjectStore store,
      SealedFiles files,
      InstantSource clock,
      String hostname,
      String username,
      boolean exclusive,
      Duration refresh) {
    this.store = store;
    this.files = files;
    this.clock = WaitingClock.of(clock);
    this.hostname = hostname;
    this.username = username;
    this.exclusive = exclusive;
    this.refresh = refresh;
  }

  /// Reads all locks, writes its own, waits a little and reads again.
  ///
  /// @param refresh how often it is renewed; zero for only when [#confirm()] is called
  /// @param meanwhile what is done during the wait, before it is known whether the lock is had
  /// @throws LockedException if somebody else's lock forbids it
  public static RepositoryLock acquire(
      ObjectStore store,
      SealedFiles files,
      InstantSource clock,
      String hostname,
      String username,
      boolean exclusive,
      Duration refresh,
      Runnable meanwhile) {
    RepositoryLock lock =
        new RepositoryLock(store, files, clock, hostname, username, exclusive, refresh);
    lock.acquire(meanwhile);
    return lock;
  }

  private void acquire(Runnable meanwhile) {
    refuseConflicts();
    name = write();
    origin = name;
    try {
      settle(meanwhile);
      refuseConflicts();
    } catch (RuntimeException e) {
      remove(name);
      throw e;
    }
    if (!refresh.isZero()) {
      Thread.ofPlatform().daemon().name("repository-lock").start(this::renewUntilClosed);
    }
  }

  private void settle(Runnable meanwhile) {
    long begun = clock.nanos();
    meanwhile.run();
    Duration left = SETTLE.minusNanos(clock.nanos() - begun);
    if (left.isPositive()) {
      clock.pause(left);
    }
  }

  private String write() {
    Instant now = clock.instant();
    long pid = ProcessHandle.current().pid();
    LockFile file = new LockFile(now, exclusive, hostname, username, pid, LockFile.PROGRAM, origin);
    String saved = files.save(FileKind.LOCK, file.encode());
    written = now;
    return saved;
  }

  /// A lock that vanishes between listing and reading may have been renewed: then it stands under
  /// another name, and only another listing tells. Without it an exclusive lock would be written
  /// though somebody works, and whoever is about to commit would have to give up because of it.
  private void refuseConflicts() {
    for (int i = 0; i < LISTINGS; i++) {
      if (refuseListed()) {
        return;
      }
    }
  }

  /// @return whether all that were listed could be looked at
  private boolean refuseListed() {
    boolean all = true;
    for (StoredFile file : store.list(FileKind.LOCK)) {
      String other = file.key().name();
      // Torn uploads leave empty files.
      if (file.size() > 0 && !other.equals(name) && !harmless.contains(other)) {
        all &= refuseConflict(file.key());
      }
    }
    return all;
  }

  /// @return false if it is gone
  private boolean refuseConflict(StoreKey key) {
    LockFile other;
    try {
      other = LockFile.decode(files.load(key), key);
    } catch (NotFoundException e) {
      return false;
    } catch (DamagedException e) {
      throw new LockedException(
          "repository.lock-unreadable",
          "the lock file " + key + " cannot be read",
          "if nobody works with the repository, run 'repo unlock --remove-all'",
          e);
    }
    if (other.ofDeadProcess(hostname)) {
      LOG.info("removing the lock of a dead process: {}", other.describe());
      remove(key.name());
    } else if (exclusive || other.exclusive()) {
      throw new LockedException(
          "repository.locked",
          "the repository is locked by " + other.describe(),
          "wait until it is done; if that process is gone, run 'repo unlock'");
    } else {
      harmless.add(key.name());
    }
    return true;
  }

  private void renewUntilClosed() {
    while (!pauseOrClosed()) {
      try {
        renew();
      } catch (EngineException e) {
        // Confirmed again before anything is committed; until then the next round may succeed.
        LOG.warn("could not renew the lock: {}", e.getMessage());
      }
    }
  }

  private boolean pauseOrClosed() {
    try {
      return closed.await(refresh.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Writes a new file before the old one goes, so that there always is one.
  private synchronized void renew() {
    if (closed.getCount() == 0) {
      return;
    }
    String old = name;
    if (!store.exists(new StoreKey(FileKind.LOCK, old))) {
      throw lost();
    }
    String next = write();
    if (!store.exists(new StoreKey(FileKind.LOCK, old))) {
      remove(next);
      throw lost();
    }
    name = next;
    remove(old);
  }

  /// Makes sure that the lock was never taken away, for instance while the machine slept, and
  /// renews it if it is not quite new. Call it before a commit.
  ///
  /// @throws LockedException if it was
  public void confirm() {
    if (fresh()) {
      check();
    } else {
      renew();
    }
    refuseConflicts();
  }

  private synchronized boolean fresh() {
    Duration age = Duration.between(written, clock.instant());
    return !age.isNegative() && age.compareTo(FRESH) < 0;
  }

  /// The name of its file now.
  public synchronized String name() {
    return name;
  }

  /// The name of its first file, which stays the same when it is renewed.
  public String origin() {
    return origin;
  }

  /// Makes sure that it is still there, without renewing it.
  ///
  /// @throws LockedException if it was taken away
  public synchronized void check() {
    if (!store.exists(new StoreKey(FileKind.LOCK, name))) {
      throw lost();
    }
  }

  private LockedException lost() {
    return new LockedException(
        "repository.lock-lost",
        "the lock on the repository at " + store.location() + " was removed by somebody else",
        "run it again: what is stored already is not sent again");
  }

  private void remove(String lock) {
    store.deleteAll(List.of(new StoreKey(FileKind.LOCK, lock)));
  }

  @Override
  public void close() {
    closed.countDown();
    synchronized (this) {
      try {
        remove(name);
      } catch (EngineException e) {
        LOG.warn("could not remove the lock {}: {}", name, e.getMessage());
      }
    }
  }
}
