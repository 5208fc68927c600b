package dev.backstay.workflow.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.store.LocalStore;
import dev.backstay.repository.store.ObjectStore;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// A repository that its password has opened. Safe for use by many threads; close it.
///
/// Calls block until they are done and throw [dev.backstay.model.EngineException].
public class RepositorySession implements AutoCloseable {

  private final RepositoryLocation location;
  private final OpenRepository repository;

  private RepositorySession(RepositoryLocation location, OpenRepository repository) {
    this.location = location;
    this.repository = repository;
  }

  /// Makes a new repository and opens it.
  ///
  /// @throws dev.backstay.model.ConflictException if there is one already
  public static RepositorySession init(RepositoryLocation location, Secret password) {
    return new RepositorySession(
        location, Repository.init(store(location), password, RepositorySettings.ofThisMachine()));
  }

  /// @throws dev.backstay.model.NotFoundException if there is none
  /// @throws dev.backstay.model.UnauthenticatedException if the password is wrong
  public static RepositorySession open(RepositoryLocation location, Secret password) {
    return new RepositorySession(
        location, Repository.open(store(location), password, RepositorySettings.ofThisMachine()));
  }

  private static ObjectStore store(RepositoryLocation location) {
    return new LocalStore(Path.of(location.text()));
  }

  /// For the workflow's own jobs. The command line and the window cannot see its type.
  public OpenRepository repository() {
    return repository;
  }

  public RepositoryLocation location() {
    return location;
  }

  /// 64 hex characters.
  public String id() {
    return repository.id();
  }

  /// Oldest first.
  public List<SnapshotInfo> snapshots() {
    throw new UnsupportedOperationException();
  }

  /// @param snapshot the beginning of an id, or `latest`
  public SnapshotInfo snapshot(String snapshot) {
    throw new UnsupportedOperationException();
  }

  public CheckInfo check(boolean readData, CancelToken cancel, Meter meter) {
    throw new UnsupportedOperationException();
  }

  /// The files in a folder of a snapshot, or the one file at the path.
  ///
  /// @param snapshot the beginning of an id, or `latest`
  /// @param path absolute inside the snapshot: `/`, `/volumes/data-db-0`
  /// @param recursive everything below too
  /// @throws dev.backstay.model.NotFoundException if there is no such snapshot or path
  public void list(
      String snapshot,
      String path,
      boolean recursive,
      Consumer<FileInfo> files,
      CancelToken cancel) {
    throw new UnsupportedOperationException();
  }

  /// Writes a file's bytes, or a part of them.
  ///
  /// @param length how many bytes at most; [Long#MAX_VALUE] for all
  public void cat(
      String snapshot,
      String path,
      long offset,
      long length,
      OutputStream out,
      CancelToken cancel) {
    throw new UnsupportedOperationException();
  }

  public BackUpFoldersOutcome backUp(
      BackUpFoldersRequest request, CancelToken cancel, Meter meter) {
    throw new UnsupportedOperationException();
  }

  /// Also `get`: a file or folder to the laptop.
  public RestoreFolderOutcome restore(
      RestoreFolderRequest request, CancelToken cancel, Meter meter) {
    throw new UnsupportedOperationException();
  }

  /// Deletes a snapshot; the space comes back with a prune.
  public void forget(String snapshot) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    repository.close();
  }
}
