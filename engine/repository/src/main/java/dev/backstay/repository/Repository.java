package dev.backstay.repository;

import dev.backstay.model.Secret;
import dev.backstay.repository.store.ObjectStore;

/// The door: nothing can be asked of a repository before its password opened it.
public final class Repository {

  private Repository() {}

  /// Makes a new repository.
  ///
  /// @throws dev.backstay.model.ConflictException if there is one already
  /// @throws dev.backstay.model.StorageException if the store refuses
  public static OpenRepository init(
      ObjectStore store, Secret password, RepositorySettings settings) {
    store.close();
    throw new UnsupportedOperationException();
  }

  /// Opens an existing repository. Reads its keys and config; the index is loaded when first
  /// needed.
  ///
  /// @throws dev.backstay.model.NotFoundException if there is none
  /// @throws dev.backstay.model.UnauthenticatedException if no key opens with the password
  /// @throws dev.backstay.model.UnsupportedException if it is of a version we do not know
  /// @throws dev.backstay.model.DamagedException if the config does not hold
  public static OpenRepository open(
      ObjectStore store, Secret password, RepositorySettings settings) {
    store.close();
    throw new UnsupportedOperationException();
  }
}
