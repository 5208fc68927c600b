package dev.backstay.stores;

import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;

/// Names of files as a repository gives them.
final class Named {

  private Named() {}

  static StoreKey of(FileKind kind, byte[] bytes) {
    return new StoreKey(kind, Sha256.hex(bytes));
  }
}
