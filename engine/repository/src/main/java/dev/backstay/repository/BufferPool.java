package dev.backstay.repository;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A fixed number of arrays of one size, made when first needed. Whoever takes one waits until one
/// is free.
final class BufferPool {

  private final int size;
  private final Semaphore permits;
  private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();

  BufferPool(int size, int count) {
    this.size = size;
    permits = new Semaphore(count);
  }

  int size() {
    return size;
  }

  byte[] take() {
    permits.acquireUninterruptibly();
    return taken();
  }

  /// One that is free now, or null.
  byte @Nullable [] tryTake() {
    return permits.tryAcquire() ? taken() : null;
  }

  private byte[] taken() {
    byte[] buffer = free.poll();
    return buffer == null ? new byte[size] : buffer;
  }

  /// @param buffer one of this pool
  void give(byte[] buffer) {
    free.add(buffer);
    permits.release();
  }
}
