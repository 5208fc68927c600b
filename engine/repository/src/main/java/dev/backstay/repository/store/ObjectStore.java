package dev.backstay.repository.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The dumb port: files by name, written once, never changed. Safe for use by many threads.
///
/// Every method throws [dev.backstay.model.StorageException] if the place refuses, and
/// [dev.backstay.model.NotFoundException] where a file is named that does not exist.
public interface ObjectStore extends AutoCloseable {

  /// Where it is, for messages.
  String location();

  StoreCapabilities capabilities();

  /// Makes the folders of a new repository; what exists stays.
  void create();

  /// Stores a file. It appears whole and synced, or not at all; nothing is left behind on failure.
  /// A file of that name that exists already is kept and [dev.backstay.model.ConflictException] is
  /// thrown.
  void put(StoreKey key, byte[] bytes, int from, int length);

  default void put(StoreKey key, byte[] bytes) {
    put(key, bytes, 0, bytes.length);
  }

  /// The whole file.
  byte[] get(StoreKey key);

  /// Exactly `length` bytes of a file.
  ///
  /// @throws dev.backstay.model.DamagedException if the file is shorter
  void read(StoreKey key, long offset, byte[] into, int from, int length);

  boolean exists(StoreKey key);

  /// Bytes.
  long size(StoreKey key);

  /// All files of a kind whose names are as they should be, in no order; others are not ours and
  /// are left out.
  List<StoredFile> list(FileKind kind);

  void delete(StoreKey key);

  /// Removes what killed writers left half-written and is older than an age; does nothing where a
  /// store leaves nothing.
  default void sweep(Instant now, Duration age) {}

  @Override
  void close();
}
