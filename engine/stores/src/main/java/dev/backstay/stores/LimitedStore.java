package dev.backstay.stores;

import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreCapabilities;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Lets only so many calls through at once; the others wait their turn, first come first served.
public final class LimitedStore extends ForwardingStore {

  private final int most;
  private final Semaphore turns;

  public LimitedStore(ObjectStore store, int most) {
    super(store);
    this.most = most;
    turns = new Semaphore(most, true);
  }

  @Override
  public StoreCapabilities capabilities() {
    StoreCapabilities own = store.capabilities();
    return new StoreCapabilities(own.writable(), Math.min(most, own.connections()));
  }

  private <T> T call(Supplier<T> call) {
    turns.acquireUninterruptibly();
    try {
      return call.get();
    } finally {
      turns.release();
    }
  }

  private void run(Runnable call) {
    turns.acquireUninterruptibly();
    try {
      call.run();
    } finally {
      turns.release();
    }
  }

  @Override
  public void put(StoreKey key, byte[] bytes, int from, int length) {
    run(() -> store.put(key, bytes, from, length));
  }

  @Override
  public byte[] get(StoreKey key) {
    return call(() -> store.get(key));
  }

  @Override
  public void read(StoreKey key, long offset, byte[] into, int from, int length) {
    run(() -> store.read(key, offset, into, from, length));
  }

  @Override
  public void readTree(StoreKey key, long offset, byte[] into, int from, int length) {
    run(() -> store.readTree(key, offset, into, from, length));
  }

  @Override
  public boolean exists(StoreKey key) {
    return call(() -> store.exists(key));
  }

  @Override
  public long size(StoreKey key) {
    return call(() -> store.size(key));
  }

  @Override
  public List<StoredFile> list(FileKind kind) {
    return call(() -> store.list(kind));
  }

  @Override
  public void delete(StoreKey key) {
    run(() -> store.delete(key));
  }
}
