package dev.backstay.repository;

import dev.backstay.model.StorageException;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Passes on so many changes and then nothing any more, as if the process had died.
final class FailingStore extends PassingStore {

  private final int last;
  private final boolean torn;
  private final AtomicInteger changes = new AtomicInteger();

  FailingStore(ObjectStore store, int last) {
    this(store, last, false);
  }

  /// @param torn whether the first change that is not passed on leaves what a store that breaks the
  ///   contract may leave: half a pack, an empty lock
  FailingStore(ObjectStore store, int last, boolean torn) {
    super(store);
    this.last = last;
    this.torn = torn;
  }

  int changes() {
    return changes.get();
  }

  private boolean dead() {
    return changes.incrementAndGet() > last;
  }

  /// Nothing is read from a dead store either.
  private void refuseDead() {
    if (changes.get() > last) {
      throw failed();
    }
  }

  private static StorageException failed() {
    return new StorageException("store.failed", "the plug was pulled", "");
  }

  @Override
  public void put(StoreKey key, byte[] bytes, int from, int length) {
    if (dead()) {
      if (torn && changes.get() == last + 1) {
        tear(key, bytes, from, length);
      }
      throw failed();
    }
    super.put(key, bytes, from, length);
  }

  private void tear(StoreKey key, byte[] bytes, int from, int length) {
    if (key.kind() == FileKind.PACK) {
      super.put(key, bytes, from, length / 2);
    } else if (key.kind() == FileKind.LOCK || key.kind() == FileKind.CLAIM) {
      super.put(key, new byte[0], 0, 0);
    }
  }

  @Override
  public byte[] get(StoreKey key) {
    refuseDead();
    return super.get(key);
  }

  @Override
  public void read(StoreKey key, long offset, byte[] into, int from, int length) {
    refuseDead();
    super.read(key, offset, into, from, length);
  }

  @Override
  public boolean exists(StoreKey key) {
    refuseDead();
    return super.exists(key);
  }

  @Override
  public long size(StoreKey key) {
    refuseDead();
    return super.size(key);
  }

  @Override
  public List<StoredFile> list(FileKind kind) {
    refuseDead();
    return super.list(kind);
  }

  @Override
  public void delete(StoreKey key) {
    if (dead()) {
      throw failed();
    }
    super.delete(key);
  }
}
