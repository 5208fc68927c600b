package dev.backstay.repository;

import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.PASSWORD;
import static dev.backstay.repository.RepositoryTest.SETTINGS;
import static dev.backstay.repository.RepositoryTest.add;
import static dev.backstay.repository.RepositoryTest.commit;

import dev.backstay.model.Meter;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.lock.WaitingClock;
import dev.backstay.repository.prune.PruneOptions;
import dev.backstay.repository.prune.PruneOutcome;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import dev.backstay.repository.tree.NodeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// What tests of forget and prune do with a repository, without waiting for locks to settle.
final class Stage {

  /// Does not sleep, and agrees with itself.
  static final class QuickClock implements WaitingClock {
    private final long begun = System.nanoTime();
    private final Instant start = Instant.parse("2026-11-29T12:00:00Z");
    private Duration ahead = Duration.ZERO;

    @Override
    public synchronized Instant instant() {
      return start.plusNanos(nanos()).plus(ahead);
    }

    @Override
    public void pause(Duration duration) {}

    @Override
    public long nanos() {
      return System.nanoTime() - begun;
    }

    /// As if somebody set it.
    synchronized void jump(Duration by) {
      ahead = ahead.plus(by);
    }
  }

  static final QuickClock CLOCK = new QuickClock();
  static final RepositorySettings QUICK = SETTINGS.withClock(CLOCK);
  static final PruneOptions AT_ONCE = PruneOptions.DEFAULT.withMinimumAge(Duration.ZERO);

  private Stage() {}

  static OpenRepository open(ObjectStore store) {
    return Repository.open(store, PASSWORD, QUICK);
  }

  static ObjectStore init() {
    MemoryStore store = new MemoryStore();
    Repository.init(store, PASSWORD, QUICK).close();
    return store;
  }

  static Snapshot backUp(ObjectStore store, Map<String, byte[]> files) {
    OpenRepository repository = open(store);
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      files.forEach((path, bytes) -> add(tree, writer, path, bytes));
      return commit(writer, tree, null);
    }
  }

  static PruneOutcome prune(ObjectStore store, PruneOptions options) {
    OpenRepository repository = open(store);
    return repository.apply(repository.plan(options, CANCEL, Meter.NONE), CANCEL, Meter.NONE);
  }

  static CheckReport check(ObjectStore store) {
    return open(store).check(new CheckOptions(true), CANCEL, Meter.NONE);
  }

  /// As `unlock` does when the processes are gone.
  static void unlock(ObjectStore store) {
    store.list(FileKind.LOCK).forEach(file -> store.delete(file.key()));
  }

  static long packBytes(ObjectStore store) {
    return store.list(FileKind.PACK).stream().mapToLong(StoredFile::size).sum();
  }

  static <T extends ObjectStore> T copy(ObjectStore from, T to) {
    to.create();
    for (FileKind kind : FileKind.values()) {
      if (kind != FileKind.CONFIG) {
        from.list(kind).forEach(file -> to.put(file.key(), from.get(file.key())));
      }
    }
    to.put(StoreKey.CONFIG, from.get(StoreKey.CONFIG));
    return to;
  }
}
