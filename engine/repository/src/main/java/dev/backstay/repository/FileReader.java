package dev.backstay.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.InternalException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// The blobs of a file one after the other, decoded ahead on other threads.
final class FileReader {

  private final BlobReader blobs;
  private final ExecutorService decoders;
  private final int ahead;
  private final Iterator<BlobId> rest;
  private final Deque<Future<byte[]>> underWay = new ArrayDeque<>();

  FileReader(BlobReader blobs, ExecutorService decoders, int ahead, List<BlobId> content) {
    this.blobs = blobs;
    this.decoders = decoders;
    // One blob gains nothing from another thread.
    this.ahead = content.size() <= 1 ? 1 : ahead;
    this.rest = content.iterator();
  }

  /// The next blob's bytes; empty at the end.
  byte[] next(CancelToken cancel) {
    cancel.checkpoint();
    if (ahead <= 1 && rest.hasNext()) {
      return blobs.load(BlobKind.DATA, rest.next());
    }
    while (underWay.size() < ahead && rest.hasNext()) {
      BlobId id = rest.next();
      underWay.add(decoders.submit(() -> blobs.load(BlobKind.DATA, id)));
    }
    return underWay.isEmpty() ? new byte[0] : result(underWay.removeFirst());
  }

  void close() {
    underWay.forEach(future -> future.cancel(false));
    underWay.clear();
  }

  private static byte[] result(Future<byte[]> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof EngineException cause) {
            throw cause;
          }
          throw new InternalException(
              "repository.load", "reading a blob failed: " + e.getCause(), "", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
