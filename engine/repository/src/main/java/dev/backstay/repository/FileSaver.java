package dev.backstay.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.InternalException;
import dev.backstay.model.Meter;
import dev.backstay.model.StorageException;
import dev.backstay.repository.BlobSaver.Saved;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.chunk.Chunker;
import dev.backstay.repository.chunk.ParallelChunker;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Cuts streams into chunks and has them saved: small files on the calling thread, the chunks of
/// larger ones on as many threads as cores; where there are more than two, the others help to look
/// for the cuts.
///
/// Buffers come from three pools of rising size. A file holds one at a time and only ever waits for
/// a larger one, and whoever holds a largest one waits for nothing that needs a buffer: so nobody
/// waits for ever.
final class FileSaver implements AutoCloseable {

  private static final int MOST_UNDER_WAY = 64;

  /// Holes are cut into chunks of the smallest size, all of them this one.
  static final BlobId ZEROS =
      BlobId.parse("07854d2fef297a06ba81685e660c332de36d5d18d546927d30daad6d7fda1541");

  private static final byte[] NOTHING = new byte[Chunker.MIN];

  private final BlobSaver blobs;
  private final ParallelChunker chunker;
  private final ExecutorService workers;
  private final BufferPool small = new BufferPool(64 << 10, 64);
  private final BufferPool middle = new BufferPool(1 << 20, 16);
  private final BufferPool large;

  FileSaver(BlobSaver blobs, Chunker chunker, int cores) {
    this.blobs = blobs;
    // Two cores are busy with reading and sealing.
    this.chunker = new ParallelChunker(chunker, Math.max(0, cores - 2));
    large = new BufferPool(Chunker.MAX, cores + 3);
    workers =
        Executors.newFixedThreadPool(
            cores, Thread.ofPlatform().daemon().name("blob-", 0).factory());
  }

  /// @param known blobs that begin the file and are not sent again
  /// @param knownSize plain bytes of them
  FileContent save(
      List<BlobId> known,
      long knownSize,
      InputStream in,
      ChunkListener chunks,
      CancelToken cancel,
      Meter meter) {
    return new OneFile(known, knownSize, in, chunks, cancel, meter).save();
  }

  @Override
  public void close() {
    workers.shutdown();
    chunker.close();
  }

  private record Piece(Future<Saved> saved, int length) {}

  /// The state of one file while it is read.
  private final class OneFile {
    private final InputStream in;
    private final ChunkListener chunks;
    private final CancelToken cancel;
    private final Meter meter;
    private final List<BlobId> ids;
    private final Deque<Piece> underWay = new ArrayDeque<>();
    private long size;
    private long newBytes;

    private BufferPool pool = small;
    private byte[] buffer = {};
    private boolean holding;
    private int filled;
    private byte[] carried = {};

    OneFile(
        List<BlobId> known,
        long knownSize,
        InputStream in,
        ChunkListener chunks,
        CancelToken cancel,
        Meter meter) {
      this.ids = new ArrayList<>(known);
      this.size = knownSize;
      this.in = in;
      this.chunks = chunks;
      this.cancel = cancel;
      this.meter = meter;
    }

    FileContent save() {
      take(small);
      try {
        cutAndSave();
        settle(0);
      } finally {
        if (holding) {
          pool.give(buffer);
        }
        awaitRest();
      }
      return new FileContent(List.copyOf(ids), size, newBytes);
    }

    private void cutAndSave() {
      int scanned = 0;
      boolean end = false;
      while (!end) {
        cancel.checkpoint();
        if (filled == buffer.length) {
          grow();
        }
        end = !fill();
        int cut = chunker.cut(buffer, scanned, filled);
        while (cut >= 0) {
          saveChunk(cut);
          scanned = 0;
          cut = chunker.cut(buffer, 0, filled);
        }
        scanned = filled;
      }
      if (filled > 0) {
        saveLast();
      }
    }

    private void take(BufferPool from) {
      buffer = from.take();
      pool = from;
      holding = true;
    }

    private void grow() {
      BufferPool old = pool;
      byte[] full = buffer;
      BufferPool next = old == small ? middle : large;
      byte[] wider = next.take();
      System.arraycopy(full, 0, wider, 0, filled);
      old.give(full);
      pool = next;
      buffer = wider;
    }

    /// Reads up to the next place where it is worth looking for a cut.
    ///
    /// @return false at the end of the stream
    private boolean fill() {
      int next = filled < Chunker.MIN ? Chunker.MIN : filled + chunker.piece();
      int until = Math.min(buffer.length, next);
      int before = filled;
      try {
        while (filled < until) {
          int read = in.read(buffer, filled, until - filled);
          if (read < 0) {
            return false;
          }
          filled += read;
        }
        return true;
      } catch (IOException e) {
        throw unreadable(e);
      } finally {
        meter.add(0, filled - before);
      }
    }

    /// Hands the chunk over with its buffer and goes on with what is behind it in another. The rest
    /// is carried in an array of its own: a file never holds two buffers.
    private void saveChunk(int length) {
      int rest = filled - length;
      if (length == Chunker.MIN && zeros() && blobs.has(BlobKind.DATA, ZEROS)) {
        System.arraycopy(buffer, length, buffer, 0, rest);
        filled = rest;
        underWay.add(new Piece(CompletableFuture.completedFuture(new Saved(ZEROS, false)), length));
        settle(MOST_UNDER_WAY);
        return;
      }
      if (carried.length < rest) {
        carried = new byte[Math.max(chunker.piece(), rest)];
      }
      System.arraycopy(buffer, length, carried, 0, rest);
      BufferPool owner = pool;
      byte[] chunk = buffer;
      holding = false;
      underWay.add(new Piece(workers.submit(() -> saveAndGive(owner, chunk, length)), length));
      settle(MOST_UNDER_WAY);
      take(large);
      System.arraycopy(carried, 0, buffer, 0, rest);
      filled = rest;
    }

    private boolean zeros() {
      return Arrays.equals(buffer, 0, Chunker.MIN, NOTHING, 0, Chunker.MIN);
    }

    private Saved saveAndGive(BufferPool owner, byte[] chunk, int length) {
      try {
        return blobs.save(BlobKind.DATA, chunk, 0, length);
      } finally {
        owner.give(chunk);
      }
    }

    private void saveLast() {
      add(blobs.save(BlobKind.DATA, buffer, 0, filled), filled, !underWay.isEmpty());
    }

    private void add(Saved saved, int length, boolean behindOthers) {
      if (behindOthers) {
        settle(0);
      }
      ids.add(saved.id());
      size += length;
      newBytes += saved.fresh() ? length : 0;
      chunks.saved(saved.id(), length);
    }

    /// Takes the results of finished pieces, in order, until so many are left.
    private void settle(int left) {
      while (!underWay.isEmpty()
          && (underWay.size() > left || underWay.peekFirst().saved().isDone())) {
        Piece piece = underWay.removeFirst();
        add(result(piece.saved()), piece.length(), false);
      }
    }

    private void awaitRest() {
      for (Piece piece : underWay) {
        try {
          result(piece.saved());
        } catch (EngineException e) {
          // The writer keeps its first failure and shows it at the next call.
        }
      }
      underWay.clear();
    }
  }

  private static Saved result(Future<Saved> saved) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return saved.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof EngineException cause) {
            throw cause;
          }
          throw new InternalException(
              "repository.save", "saving a blob failed: " + e.getCause(), "", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static EngineException unreadable(IOException e) {
    if (e.getCause() instanceof EngineException cause) {
      return cause;
    }
    return new StorageException(
        "source.unreadable",
        "the content could not be read to its end: " + e.getMessage(),
        "make sure that the source can be read, then try again",
        e);
  }
}
