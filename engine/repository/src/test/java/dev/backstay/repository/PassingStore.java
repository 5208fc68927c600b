package dev.backstay.repository;

import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreCapabilities;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.List;

/// Passes everything on; what differs is overridden. Calls that a store may answer in its own way
/// (several deletions, trees) come as the plain ones, so that none is missed.
class PassingStore implements ObjectStore {

  private final ObjectStore store;

  PassingStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public StoreCapabilities capabilities() {
    return store.capabilities();
  }

  @Override
  public void create() {
    store.create();
  }

  @Override
  public void put(StoreKey key, byte[] bytes, int from, int length) {
    store.put(key, bytes, from, length);
  }

  @Override
  public byte[] get(StoreKey key) {
    return store.get(key);
  }

  @Override
  public void read(StoreKey key, long offset, byte[] into, int from, int length) {
    store.read(key, offset, into, from, length);
  }

  @Override
  public boolean exists(StoreKey key) {
    return store.exists(key);
  }

  @Override
  public long size(StoreKey key) {
    return store.size(key);
  }

  @Override
  public List<StoredFile> list(FileKind kind) {
    return store.list(kind);
  }

  @Override
  public void delete(StoreKey key) {
    store.delete(key);
  }

  @Override
  public void close() {}
}
