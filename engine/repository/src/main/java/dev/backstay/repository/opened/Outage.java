package dev.backstay.repository.opened;

import dev.backstay.model.EngineException;
import dev.backstay.model.StorageException;
import dev.backstay.repository.store.StoreKey;

/// Tells a file that cannot be read, as one on a bad sector, from a place that is not reached.
public final class Outage {

  private Outage() {}

  /// A place that refuses one file is asked for another one.
  ///
  /// @throws StorageException if it refuses that too: it says nothing about the file
  public static void refuse(Opened opened, StorageException refusal) {
    try {
      opened.store().get(StoreKey.CONFIG);
    } catch (EngineException e) {
      refusal.addSuppressed(e);
      throw refusal;
    }
  }
}
