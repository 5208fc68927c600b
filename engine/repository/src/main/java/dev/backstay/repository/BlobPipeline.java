package dev.backstay.repository;

import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.opened.PackStretch;
import dev.backstay.repository.opened.PackWindows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Data blobs on their way from the store: as many threads fetch as the store is glad of, as many
/// decode as there are cores, and whoever asked writes. Safe for use by many threads.
///
/// What does not hold at once is left to [BlobReader], which tries again and every copy.
final class BlobPipeline implements AutoCloseable {

  /// What the arrays of a chunk of usual size take together.
  private static final long USUAL = 4L << 20;

  private static final int HEAP_SHARE = 8;

  /// Sealed bytes that are sent for at once from a far store: as a rule halves of two packs, each
  /// in one request.
  private static final long TOGETHER = 8L << 20;

  /// Of the limit of what is on its way, with the plain bytes beside the sealed ones.
  private static final int SHARE_TOGETHER = 8;

  private static final int MOST_TOGETHER = 64;

  private final BlobReader blobs;
  private final LoadedIndex index;
  private final BlobBuffers buffers;
  private final int ahead;
  private final long together;
  private final ExecutorService fetchers;
  private final ExecutorService decoders;

  /// @param far whether the way to the store is long
  /// @param fetches how many at once it is glad of
  BlobPipeline(BlobReader blobs, LoadedIndex index, boolean far, int fetches, int cores) {
    this.blobs = blobs;
    this.index = index;
    ahead = Math.max(fetches, cores) + 2;
    long room = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    long limit = Math.min(room, (fetches + 4L * cores + 2) * USUAL);
    buffers = new BlobBuffers(limit);
    together = far ? Math.min(TOGETHER, limit / SHARE_TOGETHER) : 0;
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
    byte[][] arrays = buffers.take(place.length(), place.size());
    Load load = new Load(PackStretch.of(place), arrays[0]);
    Throwable error = null;
    try {
      load.fetch();
    } catch (RuntimeException | Error e) {
      error = e;
    }
    return load.decode(id, place, arrays[1], error);
  }

  /// Sends for the next blobs of a file: for one, or from a store to which the way is long for as
  /// many as a few requests bring.
  ///
  /// @param next at least one
  /// @param must whether one has to be, because the asker has nothing else on its way
  /// @return those that were sent for, in order; none if too much is on its way already
  List<CompletableFuture<PlainBlob>> start(List<BlobId> next, boolean must) {
    List<BlobPlace> places = together(next);
    if (places.isEmpty()) {
      return List.of(CompletableFuture.supplyAsync(() -> whole(next.getFirst()), fetchers));
    }
    List<CompletableFuture<PlainBlob>> sent = send(next, places, false);
    return must && sent.isEmpty() ? send(next, places.subList(0, 1), true) : sent;
  }

  /// @return where the first ones lie that are to be fetched together; none if the first is lost
  private List<BlobPlace> together(List<BlobId> next) {
    List<BlobPlace> found = new ArrayList<>();
    long bytes = 0;
    for (BlobId id : next) {
      List<BlobPlace> places = index.places(BlobKind.DATA, id);
      bytes += places.isEmpty() ? 0 : places.getFirst().length();
      boolean enough = bytes > together || found.size() == MOST_TOGETHER;
      if (places.isEmpty() || (enough && !found.isEmpty())) {
        break;
      }
      found.add(places.getFirst());
    }
    return found;
  }

  /// @param places of the first of them, which are sent for
  /// @param must whatever is on its way already
  private List<CompletableFuture<PlainBlob>> send(
      List<BlobId> next, List<BlobPlace> places, boolean must) {
    List<PackStretch> where = PackStretch.around(places);
    List<PackStretch> stretches = where.stream().distinct().toList();
    int[] sizes =
        IntStream.concat(
                stretches.stream().mapToInt(PackStretch::length),
                places.stream().mapToInt(BlobPlace::size))
            .toArray();
    byte[][] arrays = must ? buffers.take(sizes) : buffers.tryTake(sizes);
    if (arrays == null) {
      return List.of();
    }
    Map<PackStretch, Load> loads = new HashMap<>();
    List<CompletableFuture<PlainBlob>> sent = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      BlobId id = next.get(i);
      BlobPlace place = places.get(i);
      byte[] plain = arrays[stretches.size() + i];
      Load load =
          loads.computeIfAbsent(
              where.get(i), stretch -> new Load(stretch, arrays[stretches.indexOf(stretch)]));
      sent.add(
          load.fetched().handleAsync((_, error) -> load.decode(id, place, plain, error), decoders));
    }
    return sent;
  }

  void giveBack(PlainBlob blob) {
    if (blob.pooled()) {
      buffers.give(blob.bytes());
    }
  }

  /// A stretch of a pack and the array that gets it, which is given back when all of its blobs have
  /// been decoded.
  private final class Load {
    private final PackStretch stretch;
    private final byte[] sealed;
    private final AtomicInteger left;
    private @Nullable CompletableFuture<Void> fetched;

    Load(PackStretch stretch, byte[] sealed) {
      this.stretch = stretch;
      this.sealed = sealed;
      left = new AtomicInteger(stretch.blobs());
    }

    void fetch() {
      blobs.fetch(stretch, sealed);
    }

    /// Fetched by another thread. For the one that sends for it.
    CompletableFuture<Void> fetched() {
      if (fetched == null) {
        fetched = CompletableFuture.runAsync(this::fetch, fetchers);
      }
      return fetched;
    }

    /// To be called once for each blob.
    ///
    /// @param error why the stretch could not be fetched
    PlainBlob decode(BlobId id, BlobPlace place, byte[] plain, @Nullable Throwable error) {
      boolean good = false;
      try {
        int from = Math.toIntExact(place.offset() - stretch.from());
        if (error != null) {
          refuse(error);
        } else if (blobs.decode(id, place, sealed, from, plain)) {
          good = true;
          return new PlainBlob(plain, place.size(), true);
        }
        return whole(id);
      } finally {
        if (left.decrementAndGet() == 0) {
          buffers.give(sealed);
        }
        if (!good) {
          buffers.give(plain);
        }
      }
    }
  }

  /// Only damage is worth another try; the store tries by itself what it can.
  private static void refuse(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (!(cause instanceof DamagedException || cause instanceof NotFoundException)) {
      switch (error) {
        case RuntimeException known -> throw known;
        case Error serious -> throw serious;
        default -> throw new CompletionException(error);
      }
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
