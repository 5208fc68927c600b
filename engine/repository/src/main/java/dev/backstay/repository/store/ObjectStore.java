package dev.backstay.repository.store;

import dev.backstay.model.CancelToken;
import dev.backstay.model.NotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The dumb port: files by name, written once, never changed. Safe for use by many threads.
///
/// Every method throws [dev.backstay.model.StorageException] if the place refuses, another
/// [dev.backstay.model.EngineException] where a service is asked that cannot be reached or does not
/// know us, and [NotFoundException] where a file is named that does not exist.
public interface ObjectStore extends AutoCloseable {

  /// Where it is, for messages.
  String location();

  StoreCapabilities capabilities();

  /// Makes the folders of a new repository, or its bucket; what exists stays.
  void create();

  /// Makes sure that the place itself is there; asked when it holds no repository, to say why.
  ///
  /// @throws NotFoundException if not
  default void requirePlace() {}

  /// Stores a file. It appears whole and synced, or not at all; nothing is left behind on failure.
  /// A file of that name that exists already is kept and [dev.backstay.model.ConflictException] is
  /// thrown.
  void put(StoreKey key, byte[] bytes, int from, int length);

  default void put(StoreKey key, byte[] bytes) {
    put(key, bytes, 0, bytes.length);
  }

  /// Waits until so many bytes of a pack may be put at once, where a store limits their rate. What
  /// is put can be decided upon afterwards: by then others may have stored it.
  default Turn turn(long bytes) {
    return _ -> {};
  }

  /// Bytes of packs that were waited for; the next puts of packs use them up.
  @FunctionalInterface
  interface Turn {
    /// Gives back bytes that are not put after all.
    void giveBack(long bytes);
  }

  /// The whole file.
  byte[] get(StoreKey key);

  /// Exactly `length` bytes of a file.
  ///
  /// @throws dev.backstay.model.DamagedException if the file is shorter
  void read(StoreKey key, long offset, byte[] into, int from, int length);

  /// The same for trees, which are read again and again: a store with a cache keeps what is near
  /// them.
  default void readTree(StoreKey key, long offset, byte[] into, int from, int length) {
    read(key, offset, into, from, length);
  }

  boolean exists(StoreKey key);

  /// Bytes.
  long size(StoreKey key);

  /// All files of a kind whose names are as they should be, in no order; others are not ours and
  /// are left out. A listing that breaks off throws: there is no such thing as a part of one.
  List<StoredFile> list(FileKind kind);

  void delete(StoreKey key);

  /// Deletes many files; those that are gone already are none the worse for it. On failure some are
  /// deleted and some are not.
  default void deleteAll(Collection<StoreKey> keys) {
    for (StoreKey key : keys) {
      try {
        delete(key);
      } catch (NotFoundException e) {
        // Gone already.
      }
    }
  }

  /// Makes files undeletable up to a time at least; does nothing where a store has no such locks or
  /// was not told to set them.
  default void retain(Collection<StoreKey> keys, Instant until) {}

  /// Until the registration is closed, whoever waits in here gives up when the work is cancelled,
  /// unless other work that was registered goes on.
  default CancelToken.Registration during(CancelToken work) {
    return () -> {};
  }

  /// Removes what killed writers left half-written and is older than an age; does nothing where a
  /// store leaves nothing.
  default void sweep(Instant now, Duration age) {}

  @Override
  void close();
}
