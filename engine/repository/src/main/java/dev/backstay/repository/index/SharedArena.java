package dev.backstay.repository.index;

import java.lang.foreign.Arena;

/// Memory outside the heap that many threads use, and that one of them frees.
final class SharedArena implements AutoCloseable {

  final Arena arena = Arena.ofShared();

  @Override
  public void close() {
    arena.close();
  }
}
