package dev.backstay.repository.lock;

import dev.backstay.model.EngineException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.lock.UnlockPlan.Reason;
import dev.backstay.repository.lock.UnlockPlan.Removal;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.store.Damage;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.time.Duration;
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
    return seen().stream().map(Seen::info).toList();
  }

  /// @param file what it holds, or null if it cannot be read
  private record Seen(LockInfo info, @Nullable LockFile file) {}

  private List<Seen> seen() {
    List<Seen> locks = new ArrayList<>();
    for (StoredFile file : store.list(FileKind.LOCK)) {
      try {
        locks.add(load(file.key()));
      } catch (NotFoundException e) {
        // Renewed or released since it was listed.
      }
    }
    return locks;
  }

  private Seen load(StoreKey key) {
    LockFile lock;
    try {
      lock = LockFile.decode(files.load(key), key);
    } catch (NotFoundException e) {
      throw e;
    } catch (EngineException e) {
      if (!Damage.isIn(e)) {
        throw e;
      }
      return new Seen(new LockInfo(key.name(), null, false, "", "", 0), null);
    }
    LockInfo info =
        new LockInfo(
            key.name(),
            lock.time(),
            lock.exclusive(),
            lock.hostname(),
            lock.username(),
            lock.pid());
    return new Seen(info, lock);
  }

  /// @param all whether every lock goes, whoever holds it
  /// @param gone whether the holder of a lock of another machine is known to be no more, such as a
  ///   pod that is not there; asked only about locks that nothing else decides
  public UnlockPlan plan(boolean all, Predicate<LockInfo> gone) {
    List<Removal> removed = new ArrayList<>();
    List<LockInfo> kept = new ArrayList<>();
    for (Seen lock : seen()) {
      Reason reason = all ? Reason.ASKED : reason(lock, gone);
      if (reason == null) {
        kept.add(lock.info());
      } else {
        removed.add(new Removal(lock.info(), reason));
      }
    }
    return new UnlockPlan(List.copyOf(removed), List.copyOf(kept));
  }

  private @Nullable Reason reason(Seen lock, Predicate<LockInfo> gone) {
    LockFile file = lock.file();
    if (file == null) {
      return null;
    }
    if (file.ofDeadProcess(hostname)) {
      return Reason.DEAD_PROCESS;
    }
    if (file.time().plus(STALE).isBefore(clock.instant())) {
      return Reason.STALE;
    }
    boolean here = file.hostname().equals(hostname);
    return !here && gone.test(lock.info()) ? Reason.GONE_HOLDER : null;
  }

  /// @return what was removed; those renewed or released meanwhile are not among it
  public List<Removal> apply(UnlockPlan plan) {
    List<Removal> removed = new ArrayList<>();
    for (Removal removal : plan.removed()) {
      try {
        store.delete(new StoreKey(FileKind.LOCK, removal.lock().id()));
        removed.add(removal);
      } catch (NotFoundException e) {
        // Renewed or released meanwhile.
      }
    }
    return List.copyOf(removed);
  }
}
