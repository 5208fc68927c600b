package dev.backstay.repository;

import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.index.IndexParser;
import dev.backstay.repository.index.ParsedIndex;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/// Reads many index files at once. Each reader keeps its buffers: an index file is some megabytes
/// of JSON, and there are hundreds.
final class IndexReaders {

  private static final int MOST = 8;

  private final SealedFiles files;
  private final int readers;

  /// @param readers how many at once; 1 reads on the caller's thread
  IndexReaders(SealedFiles files, int readers) {
    this.files = files;
    this.readers = Math.clamp(readers, 1, MOST);
  }

  /// @param taker gets each file's name and what it says; what it says is its own during the call
  /// @param unreadable hears of files that do not hold
  void read(
      List<StoredFile> index,
      BiConsumer<String, ParsedIndex> taker,
      BiConsumer<StoreKey, DamagedException> unreadable) {
    Queue<StoredFile> todo = new ConcurrentLinkedQueue<>(index);
    int threads = Math.min(readers, index.size());
    if (threads <= 1) {
      drain(todo, taker, unreadable);
      return;
    }
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("index-", 0).factory())) {
      CompletableFuture<?>[] all = new CompletableFuture<?>[threads];
      Arrays.setAll(
          all, _ -> CompletableFuture.runAsync(() -> drain(todo, taker, unreadable), pool));
      CompletableFuture.allOf(all).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void drain(
      Queue<StoredFile> todo,
      BiConsumer<String, ParsedIndex> taker,
      BiConsumer<StoreKey, DamagedException> unreadable) {
    SealedFiles.Opened opened = new SealedFiles.Opened();
    ParsedIndex parsed = new ParsedIndex();
    for (StoredFile file = todo.poll(); file != null; file = todo.poll()) {
      StoreKey key = file.key();
      try {
        files.load(key, opened);
        IndexParser.parse(opened.json(), opened.length(), key, parsed);
        taker.accept(key.name(), parsed);
      } catch (NotFoundException e) {
        // Somebody rewrote the index since it was listed: what it said stands in a newer file.
      } catch (DamagedException e) {
        unreadable.accept(key, e);
      }
    }
  }
}
