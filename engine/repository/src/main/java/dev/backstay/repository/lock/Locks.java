package dev.backstay.repository.lock;

import dev.backstay.model.EngineException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.lock.UnlockPlan.Reason;
import dev.backstay.repository.lock.UnlockPlan.Removal;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The locks on a repository, and those among them that nobody holds any more (restic `unlock`).
///
/// A holder that lives renews its lock under a new name every few minutes, so a lock that is
/// removed by its name was not renewed since it was looked at. A holder that lives all the same
/// notices before it commits, and stops.
public final class Locks {

  private static final Duration STALE = Duration.ofMinutes(30);

  private final ObjectStore store;
  private final SealedFiles files;
  private final InstantSource clock;
  private final String hostname;

  /// @param hostname of this machine
  public Locks(ObjectStore store, SealedFiles files, InstantSource clock, String hostname) {
    this.store = store;
    this.files = files;
    this.clock = clock;
    this.hostname = hostname;
  }

  public List<LockInfo> list() {
    List<LockInfo> locks = new ArrayList<>();
    for (StoredFile file : store.list(FileKind.LOCK)) {
      try {
        locks.add(info(file.key()));
      } catch (NotFoundException e) {
        // Renewed or released since it was listed.
      }
    }
    return List.copyOf(locks);
  }

  private LockInfo info(StoreKey file) {
    LockFile lock;
    try {
      lock = LockFile.decode(files.load(file), file);
    } catch (NotFoundException e) {
      throw e;
    } catch (EngineException e) {
      return new LockInfo(file.name(), null, false, "", "", 0);
    }
    return new LockInfo(
        file.name(), lock.time(), lock.exclusive(), lock.hostname(), lock.username(), lock.pid());
  }

  /// @param all whether every lock goes, whoever holds it
  /// @param gone whether the holder of a lock of another machine is known to be no more, such as a
  ///   pod that is not there; asked only about locks that nothing else decides
  public UnlockPlan plan(boolean all, Predicate<LockInfo> gone) {
    List<Removal> removed = new ArrayList<>();
    List<LockInfo> kept = new ArrayList<>();
    for (LockInfo lock : list()) {
      Reason reason = all ? Reason.ASKED : reason(lock, gone);
      if (reason == null) {
        kept.add(lock);
      } else {
        removed.add(new Removal(lock, reason));
      }
    }
    return new UnlockPlan(List.copyOf(removed), List.copyOf(kept));
  }

  private @Nullable Reason reason(LockInfo lock, Predicate<LockInfo> gone) {
    Instant time = lock.time();
    if (time == null) {
      return null;
    }
    LockFile file =
        new LockFile(time, lock.exclusive(), lock.hostname(), lock.username(), lock.pid());
    if (file.ofDeadProcess(hostname)) {
      return Reason.DEAD_PROCESS;
    }
    if (time.plus(STALE).isBefore(clock.instant())) {
      return Reason.STALE;
    }
    boolean here = lock.hostname().equals(hostname);
    return !here && gone.test(lock) ? Reason.GONE_HOLDER : null;
  }

  /// @return how many were removed; those renewed or released meanwhile are not counted
  public int apply(UnlockPlan plan) {
    int removed = 0;
    for (Removal removal : plan.removed()) {
      try {
        store.delete(new StoreKey(FileKind.LOCK, removal.lock().id()));
        removed++;
      } catch (NotFoundException e) {
        // Renewed or released meanwhile.
      }
    }
    return removed;
  }
}
