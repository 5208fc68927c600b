package dev.backstay.repository.chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Looks for the cuts of one file in several stretches at once, on threads that are not busy with
/// another file's. The cuts are [Chunker]'s: each depends on the 64 bytes before it only. Safe for
/// use by many threads.
public final class ParallelChunker implements AutoCloseable {

  /// Less is not worth a thread: a tenth of a millisecond.
  private static final int STRETCH = 4 * Chunker.BLOCK;

  private static final int ALONE = 10 * Chunker.BLOCK;

  private final Chunker chunker;
  private final Semaphore idle;
  private final ExecutorService helpers;
  private final int piece;

  /// @param helpers threads beside the caller's; without any it is a [Chunker] with another name
  public ParallelChunker(Chunker chunker, int helpers) {
    this.chunker = chunker;
    idle = new Semaphore(helpers);
    this.helpers =
        Executors.newFixedThreadPool(
            Math.max(1, helpers), Thread.ofPlatform().daemon().name("chunk-", 0).factory());
    // No more than the least chunk: what is scanned behind a cut is where the next one cannot be.
    piece = Math.clamp((long) STRETCH * (helpers + 1), ALONE, Chunker.MIN);
  }

  /// How many bytes are worth looking through in one call.
  public int piece() {
    return piece;
  }

  /// @see Chunker#cut
  public int cut(byte[] chunk, int scanned, int length) {
    int from = Chunker.start(scanned);
    int end = Math.min(length, Chunker.MAX);
    int others = reserve((end - from) / STRETCH - 1);
    if (others == 0) {
      return chunker.cut(chunk, scanned, length);
    }
    int blocks = Math.ceilDiv(end - from, Chunker.BLOCK);
    int stretch = Math.ceilDiv(blocks, others + 1) * Chunker.BLOCK;
    AtomicInteger first = new AtomicInteger(Integer.MAX_VALUE);
    List<CompletableFuture<Void>> running = new ArrayList<>(others);
    for (int i = 1; i <= others; i++) {
      int begin = from + i * stretch;
      int stop = Math.min(begin + stretch, end);
      running.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  search(chunk, begin, stop, first);
                } finally {
                  idle.release();
                }
              },
              helpers));
    }
    search(chunk, from, Math.min(from + stretch, end), first);
    running.forEach(CompletableFuture::join);
    int found = first.get();
    return found < Integer.MAX_VALUE ? found : length >= Chunker.MAX ? Chunker.MAX : -1;
  }

  private int reserve(int most) {
    int got = 0;
    while (got < most && idle.tryAcquire()) {
      got++;
    }
    return got;
  }

  /// Ends early when there is a cut before.
  private void search(byte[] chunk, int from, int end, AtomicInteger first) {
    for (int at = from; at < end && first.get() > at; at += Chunker.BLOCK) {
      int found = chunker.first(chunk, at, Math.min(at + Chunker.BLOCK, end));
      if (found >= 0) {
        first.accumulateAndGet(found, Math::min);
        return;
      }
    }
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
