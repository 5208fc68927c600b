package dev.backstay.catalog;

import dev.backstay.model.LockedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Taking turns between processes: whoever has `lock` may open the database; whoever wants it next
/// has `queue` while waiting, which is how the holder learns that somebody waits. Both are locks of
/// the operating system, so a killed process leaves none behind.
final class Turn implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(10);

  private final CatalogFolder folder;
  private final ProcessLock lock;

  private Turn(CatalogFolder folder, ProcessLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Waits for the turn.
  ///
  /// @throws LockedException if nobody lets go in this time
  static Turn take(CatalogFolder folder, Duration atMost) throws IOException {
    Optional<ProcessLock> free = ProcessLock.tryAcquire(folder.lock());
    if (free.isPresent()) {
      return new Turn(folder, free.get());
    }
    long deadline = System.nanoTime() + atMost.toNanos();
    try (ProcessLock _ = await(folder.queue(), deadline)) {
      return new Turn(folder, await(folder.lock(), deadline));
    }
  }

  private static ProcessLock await(java.nio.file.Path file, long deadline) throws IOException {
    while (true) {
      Optional<ProcessLock> lock = ProcessLock.tryAcquire(file);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new LockedException(
            "catalog.busy",
            "another Backstay process holds the catalog and does not let go",
            "close the other window or command, or end it if it hangs");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  boolean somebodyWaits() throws IOException {
    Optional<ProcessLock> queue = ProcessLock.tryAcquire(folder.queue());
    queue.ifPresent(ProcessLock::close);
    return queue.isEmpty();
  }

  @Override
  public void close() {
    lock.close();
  }
}
