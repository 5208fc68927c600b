package dev.backstay.repository;

import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.IndexCache;
import org.jspecify.annotations.Nullable;

/// Writes the cache of the index beside other work.
final class CacheRefresh {

  private final Thread thread;

  private CacheRefresh(Thread thread) {
    this.thread = thread;
  }

  /// @param before the last one, or null
  static CacheRefresh start(@Nullable CacheRefresh before, IndexCache cache, BlobIndex index) {
    if (before != null) {
      before.await();
    }
    Thread thread = new Thread(() -> cache.write(index), "index-cache");
    thread.setDaemon(true);
    thread.start();
    return new CacheRefresh(thread);
  }

  void await() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
