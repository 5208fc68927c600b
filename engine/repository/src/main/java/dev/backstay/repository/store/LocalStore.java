package dev.backstay.repository.store;

import java.nio.file.Path;
import java.util.List;

/// A repository in a local or mounted folder.
public class LocalStore implements ObjectStore {

  private final Path root;

  public LocalStore(Path root) {
    this.root = root;
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public StoreCapabilities capabilities() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void create() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void put(StoreKey key, byte[] bytes, int from, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] get(StoreKey key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void read(StoreKey key, long offset, byte[] into, int from, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean exists(StoreKey key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long size(StoreKey key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<StoredFile> list(FileKind kind) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(StoreKey key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
