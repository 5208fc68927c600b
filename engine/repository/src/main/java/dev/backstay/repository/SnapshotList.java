package dev.backstay.repository;

import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFile;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoredFile;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Reads all snapshot files, several at once: there may be a thousand, and each is a round trip.
final class SnapshotList {

  private static final int MOST = 16;
  private static final int FEW = 8;

  private final ObjectStore store;
  private final SealedFiles files;
  private final FoundDamage damage;

  SnapshotList(ObjectStore store, SealedFiles files, FoundDamage damage) {
    this.store = store;
    this.files = files;
    this.damage = damage;
  }

  /// Oldest first. One damaged file must hide neither the others nor block new backups; a check
  /// names it.
  List<Snapshot> read() {
    List<StoredFile> listed = store.list(FileKind.SNAPSHOT);
    // What is damaged still is found again.
    damage.retain(FileKind.SNAPSHOT, _ -> false);
    Queue<StoredFile> todo = new ConcurrentLinkedQueue<>(listed);
    Collection<Snapshot> all = new ConcurrentLinkedQueue<>();
    int readers = listed.size() <= FEW ? 1 : readers();
    if (readers == 1) {
      drain(todo, all);
    } else {
      drain(todo, all, readers);
    }
    return all.stream()
        .sorted(Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id))
        .toList();
  }

  private int readers() {
    int useful =
        Math.max(Runtime.getRuntime().availableProcessors(), store.capabilities().connections());
    return Math.min(MOST, useful);
  }

  private void drain(Queue<StoredFile> todo, Collection<Snapshot> all, int readers) {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            readers, Thread.ofPlatform().daemon().name("snapshots-", 0).factory())) {
      CompletableFuture<?>[] running = new CompletableFuture<?>[readers];
      for (int i = 0; i < readers; i++) {
        running[i] = CompletableFuture.runAsync(() -> drain(todo, all), pool);
      }
      CompletableFuture.allOf(running).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void drain(Queue<StoredFile> todo, Collection<Snapshot> all) {
    for (StoredFile file = todo.poll(); file != null; file = todo.poll()) {
      try {
        all.add(SnapshotFile.decode(files.load(file.key()), file.key().name()));
      } catch (NotFoundException e) {
        // Forgotten since it was listed.
      } catch (DamagedException e) {
        damage.add(file.key(), e);
      }
    }
  }
}
