package dev.backstay.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.InternalException;
import dev.backstay.repository.blob.BlobId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The blobs of a file one after the other, fetched and decoded ahead. Not safe for many threads.
final class FileReader implements AutoCloseable {

  private final BlobPipeline blobs;
  private final List<BlobId> content;
  private final Deque<CompletableFuture<PlainBlob>> underWay = new ArrayDeque<>();
  private int started;
  private PlainBlob current = PlainBlob.NONE;

  FileReader(BlobPipeline blobs, List<BlobId> content) {
    this.blobs = blobs;
    this.content = content;
  }

  /// The next blob, good until the next call; an empty one at the end.
  PlainBlob next(CancelToken cancel) {
    cancel.checkpoint();
    giveBack();
    if (content.size() == 1 && started == 0) {
      // One blob gains nothing from other threads.
      started++;
      current = blobs.here(content.getFirst());
      return current;
    }
    startMore();
    if (!underWay.isEmpty()) {
      current = result(underWay.removeFirst());
    }
    return current;
  }

  private void startMore() {
    while (started < content.size() && underWay.size() < blobs.ahead()) {
      List<BlobId> rest = content.subList(started, content.size());
      List<CompletableFuture<PlainBlob>> next = blobs.start(rest, underWay.isEmpty());
      if (next.isEmpty()) {
        return;
      }
      started += next.size();
      underWay.addAll(next);
    }
  }

  private void giveBack() {
    blobs.giveBack(current);
    current = PlainBlob.NONE;
  }

  @Override
  public void close() {
    giveBack();
    started = content.size();
    for (CompletableFuture<PlainBlob> future : underWay) {
      var _ = future.thenAccept(blobs::giveBack);
    }
    underWay.clear();
  }

  private static PlainBlob result(CompletableFuture<PlainBlob> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof EngineException known
          ? known
          : new InternalException(
              "repository.load", "reading a blob failed: " + e.getCause(), "", e.getCause());
    }
  }
}
