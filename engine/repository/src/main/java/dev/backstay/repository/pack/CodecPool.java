package dev.backstay.repository.pack;

import dev.backstay.repository.seal.MasterKey;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;

/// As many codecs as cores: whoever works on bytes borrows one, so there is never more such work at
/// once than cores, whatever the number of threads. A borrower must not wait for anything, be it
/// another codec or a store: whoever is waited for may need one.
public final class CodecPool implements AutoCloseable {

  private final BlockingQueue<BlobCodec> free;
  private final int size;

  public CodecPool(MasterKey key, SecureRandom random, int cores) {
    size = Math.max(1, cores);
    free = new ArrayBlockingQueue<>(size);
    for (int i = 0; i < size; i++) {
      free.add(new BlobCodec(key, random));
    }
  }

  public int size() {
    return size;
  }

  public <T> T with(Function<BlobCodec, T> work) {
    BlobCodec codec = take();
    try {
      return work.apply(codec);
    } finally {
      free.add(codec);
    }
  }

  private BlobCodec take() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return free.take();
        } catch (InterruptedException e) {
          // Nobody here interrupts; a stranger's interrupt is passed on, not obeyed.
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Call it when nobody works any more.
  @Override
  public void close() {
    free.forEach(BlobCodec::close);
  }
}
