package dev.backstay.stores;

import dev.backstay.model.CancelToken;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreCapabilities;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Passes every call on; what goes around a store overrides what it changes.
abstract class ForwardingStore implements ObjectStore {

  final ObjectStore store;

  ForwardingStore(ObjectStore store) {
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
  public void requirePlace() {
    store.requirePlace();
  }

  @Override
  public void put(StoreKey key, byte[] bytes, int from, int length) {
    store.put(key, bytes, from, length);
  }

  @Override
  public Turn turn(long bytes) {
    return store.turn(bytes);
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
  public void readTree(StoreKey key, long offset, byte[] into, int from, int length) {
    store.readTree(key, offset, into, from, length);
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
  public void deleteAll(Collection<StoreKey> keys) {
    store.deleteAll(keys);
  }

  @Override
  public void retain(Collection<StoreKey> keys, Instant until) {
    store.retain(keys, until);
  }

  @Override
  public CancelToken.Registration during(CancelToken work) {
    return store.during(work);
  }

  @Override
  public void sweep(Instant now, Duration age) {
    store.sweep(now, age);
  }

  @Override
  public void close() {
    store.close();
  }
}
