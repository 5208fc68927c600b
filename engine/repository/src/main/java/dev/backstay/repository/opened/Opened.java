package dev.backstay.repository.opened;

import dev.backstay.model.UnsupportedException;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.store.ObjectStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// The parts of a repository that its password has opened.
///
/// @param store where its files are
/// @param files reads and writes sealed ones
/// @param codecs work on bytes
/// @param key seals everything
/// @param keyId the name of the key file that opened it
/// @param version of the repository's format, 1 or 2
/// @param random for seals and keys
/// @param clock the time
/// @param hostname written into keys and locks
/// @param username written into keys and locks
/// @param cores how many threads work on bytes
/// @param scryptCost log2 of scrypt's N for a new key
/// @param lockRefresh how often a held lock is renewed
/// @param setAside packs that are in no index because a prune is about to delete them, and may yet
///   put back: what only they hold is not lost, and they are not forgotten ones
public record Opened(
    ObjectStore store,
    SealedFiles files,
    CodecPool codecs,
    MasterKey key,
    String keyId,
    int version,
    SecureRandom random,
    InstantSource clock,
    String hostname,
    String username,
    int cores,
    int scryptCost,
    Duration lockRefresh,
    Supplier<List<IndexedPack>> setAside) {

  private static final int WRITABLE = 2;

  /// Call it before anything but a lock is written.
  ///
  /// @throws UnsupportedException if it is of version 1, which is only read
  public void refuseVersionOne() {
    if (version < WRITABLE) {
      throw new UnsupportedException(
          "repository.version-1",
          "the repository is of version 1, which is only read",
          "upgrade it with 'restic migrate upgrade_repo_v2'");
    }
  }

  /// Threads that wait for the store at the same time as others work on bytes.
  public int readers() {
    return Math.max(cores + 1, store.capabilities().connections());
  }

  /// Nobody else works with the repository until it is closed.
  ///
  /// @throws dev.backstay.model.LockedException if somebody does
  public RepositoryLock lockAlone() {
    return lock(true, () -> {});
  }

  /// Nobody else deletes anything until it is closed.
  ///
  /// @throws dev.backstay.model.LockedException if somebody is at it
  public RepositoryLock lockShared() {
    return lock(false, () -> {});
  }

  /// @param meanwhile see [RepositoryLock#acquire]
  public RepositoryLock lock(boolean exclusive, Runnable meanwhile) {
    return RepositoryLock.acquire(
        store, files, clock, hostname, username, exclusive, lockRefresh, meanwhile);
  }
}
