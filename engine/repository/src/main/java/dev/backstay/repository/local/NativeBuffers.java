package dev.backstay.repository.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Memory for reading and writing files, used again and again; at most one piece for each thread
/// that works at the same time.
final class NativeBuffers implements AutoCloseable {

  private static final long SIZE = 256 << 10;

  private final Arena arena = Arena.ofShared();
  private final ConcurrentLinkedQueue<MemorySegment> free = new ConcurrentLinkedQueue<>();

  MemorySegment take() {
    MemorySegment buffer = free.poll();
    return buffer == null ? arena.allocate(SIZE) : buffer;
  }

  void give(MemorySegment buffer) {
    free.add(buffer);
  }

  @Override
  public void close() {
    arena.close();
  }
}
