package dev.backstay.repository.store;

import dev.backstay.model.ConflictException;
import dev.backstay.model.NotFoundException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A store that lives as long as the process: for tests and for trying things.
public final class MemoryStore implements ObjectStore {

  private final Map<StoreKey, byte[]> files = new ConcurrentHashMap<>();

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public StoreCapabilities capabilities() {
    return new StoreCapabilities(true, 4);
  }

  @Override
  public void create() {}

  @Override
  public void put(StoreKey key, byte[] bytes, int from, int length) {
    byte[] copy = Arrays.copyOfRange(bytes, from, from + length);
    if (files.putIfAbsent(key, copy) != null) {
      throw new ConflictException("store.exists", "the file " + key + " exists already", "");
    }
  }

  @Override
  public byte[] get(StoreKey key) {
    return file(key).clone();
  }

  private byte[] file(StoreKey key) {
    byte[] bytes = files.get(key);
    if (bytes == null) {
      throw new NotFoundException("store.no-file", "there is no file " + key, "");
    }
    return bytes;
  }

  @Override
  public void read(StoreKey key, long offset, byte[] into, int from, int length) {
    byte[] bytes = file(key);
    if (offset + length > bytes.length) {
      throw Damage.of("repository.file-short", key, "is shorter than it should be");
    }
    System.arraycopy(bytes, (int) offset, into, from, length);
  }

  @Override
  public boolean exists(StoreKey key) {
    return files.containsKey(key);
  }

  @Override
  public long size(StoreKey key) {
    return file(key).length;
  }

  @Override
  public List<StoredFile> list(FileKind kind) {
    return files.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .map(entry -> new StoredFile(entry.getKey(), entry.getValue().length))
        .toList();
  }

  @Override
  public void delete(StoreKey key) {
    file(key);
    files.remove(key);
  }

  @Override
  public void close() {}
}
