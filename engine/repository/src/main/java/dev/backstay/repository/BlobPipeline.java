package dev.backstay.repository;

import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobPlace;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// Data blobs on their way from the store: as many threads fetch as the store is glad of, as many
/// decode as there are cores, and whoever asked writes. Safe for use by many threads.
///
/// What does not hold at once is left to [BlobReader], which tries again and every copy.
final class BlobPipeline implements AutoCloseable {

  /// What the arrays of a chunk of usual size take together.
  private static final long USUAL = 4L << 20;

  private static final int HEAP_SHARE = 8;

  private final BlobReader blobs;
  private final LoadedIndex index;
  private final BlobBuffers buffers;
  private final int ahead;
  private final ExecutorService fetchers;
  private final ExecutorService decoders;

  /// @param fetches how many at once the store is glad of
  BlobPipeline(BlobReader blobs, LoadedIndex index, int fetches, int cores) {
    this.blobs = blobs;
    this.index = index;
    ahead = Math.max(fetches, cores) + 2;
    long room = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    buffers = new BlobBuffers(Math.min(room, (fetches + 4L * cores + 2) * USUAL));
    fetchers = Executors.newFixedThreadPool(fetches, threads("fetch-"));
    decoders = Executors.newFixedThreadPool(cores, threads("decode-"));
  }

  private static ThreadFactory threads(String name) {
    return Thread.ofPlatform().daemon().name(name, 0).factory();
  }

  /// How many blobs of one file are worth being on their way at once.
  int ahead() {
    return ahead;
  }

  /// Loads a blob on the calling thread.
  PlainBlob here(BlobId id) {
    List<BlobPlace> places = index.places(BlobKind.DATA, id);
    if (places.isEmpty() || places.getFirst().length() <= PackWindows.SMALL) {
      return whole(id);
    }
    BlobPlace place = places.getFirst();
    BlobBuffers.Pair pair = buffers.take(place.length(), place.size());
    RuntimeException error = null;
    try {
      blobs.fetch(place, pair.sealed());
    } catch (DamagedException | NotFoundException e) {
      error = e;
    } catch (RuntimeException | Error e) {
      giveBack(pair);
      throw e;
    }
    return decode(id, place, pair, error);
  }

  /// Sends for a blob.
  ///
  /// @param must whether it has to be, because the asker has nothing else on its way
  /// @return null if too much is on its way already
  @Nullable CompletableFuture<PlainBlob> start(BlobId id, boolean must) {
    List<BlobPlace> places = index.places(BlobKind.DATA, id);
    if (places.isEmpty()) {
      return CompletableFuture.supplyAsync(() -> whole(id), fetchers);
    }
    BlobPlace place = places.getFirst();
    BlobBuffers.Pair pair =
        must
            ? buffers.take(place.length(), place.size())
            : buffers.tryTake(place.length(), place.size());
    return pair == null
        ? null
        : CompletableFuture.runAsync(() -> blobs.fetch(place, pair.sealed()), fetchers)
            .handleAsync((_, error) -> decode(id, place, pair, error), decoders);
  }

  void giveBack(PlainBlob blob) {
    if (blob.pooled()) {
      buffers.give(blob.bytes());
    }
  }

  private void giveBack(BlobBuffers.Pair pair) {
    buffers.give(pair.sealed());
    buffers.give(pair.plain());
  }

  private PlainBlob decode(
      BlobId id, BlobPlace place, BlobBuffers.Pair pair, @Nullable Throwable error) {
    boolean good = false;
    try {
      if (error != null) {
        refuse(error);
      } else if (blobs.decode(id, place, pair.sealed(), pair.plain())) {
        good = true;
        return new PlainBlob(pair.plain(), place.size(), true);
      }
      return whole(id);
    } finally {
      buffers.give(pair.sealed());
      if (!good) {
        buffers.give(pair.plain());
      }
    }
  }

  /// Only damage is worth another try; the store tries by itself what it can.
  private static void refuse(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (!(cause instanceof DamagedException || cause instanceof NotFoundException)) {
      throw error instanceof RuntimeException known ? known : new CompletionException(error);
    }
  }

  private PlainBlob whole(BlobId id) {
    byte[] bytes = blobs.load(BlobKind.DATA, id);
    return new PlainBlob(bytes, bytes.length, false);
  }

  @Override
  public void close() {
    fetchers.close();
    decoders.close();
  }
}
