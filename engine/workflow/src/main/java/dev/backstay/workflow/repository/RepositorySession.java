package dev.backstay.workflow.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.local.ArchiveOptions;
import dev.backstay.repository.local.ArchiveReport;
import dev.backstay.repository.local.LocalArchiver;
import dev.backstay.repository.local.LocalRestorer;
import dev.backstay.repository.local.RestoreOptions;
import dev.backstay.repository.local.RestoreOptions.ExistingFiles;
import dev.backstay.repository.local.RestoreReport;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.LocalStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.tree.Node;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A repository that its password has opened. Safe for use by many threads; close it.
///
/// Calls block until they are done and throw [dev.backstay.model.EngineException].
public final class RepositorySession implements AutoCloseable {

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
    try {
      return new LocalStore(Path.of(location.text()));
    } catch (InvalidPathException e) {
      throw new InvalidInputException(
          "repository.bad-location",
          "'" + location + "' is no path of this machine",
          "name a local or mounted folder");
    }
  }

  /// A path of a snapshot as its parts.
  ///
  /// @throws InvalidInputException if it leads out of the snapshot
  public static FilePath inside(String path) {
    FilePath inside = FilePath.ROOT;
    for (String component : path.split("/")) {
      if (component.equals("..")) {
        throw new InvalidInputException(
            "repository.bad-path", "'" + path + "' leads out of the snapshot", "leave out '..'");
      }
      if (!component.isEmpty() && !component.equals(".")) {
        inside = inside.resolve(component.getBytes(StandardCharsets.UTF_8));
      }
    }
    return inside;
  }

  private static FilePath join(FilePath at, FilePath below) {
    FilePath joined = at;
    for (byte[] component : below.components()) {
      joined = joined.resolve(component);
    }
    return joined;
  }

  private static ExistingFiles existing(RestoreFolderRequest.Existing existing) {
    return switch (existing) {
      case SKIP -> ExistingFiles.SKIP;
      case OVERWRITE -> ExistingFiles.OVERWRITE;
      case FAIL -> ExistingFiles.FAIL;
    };
  }

  /// The last snapshot of the same paths on the same host.
  private @Nullable Snapshot parent(String host, List<String> paths) {
    return repository.snapshots().stream()
        .filter(s -> s.hostname().equals(host) && Set.copyOf(s.paths()).equals(Set.copyOf(paths)))
        .max(Comparator.comparing(Snapshot::time))
        .orElse(null);
  }

  /// For the other rooms of `workflow`.
  public static FileInfo info(FilePath path, Node node) {
    return Shown.file(path, node);
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
    return repository.snapshots().stream().map(Shown::snapshot).toList();
  }

  /// @param snapshot the beginning of an id, or `latest`
  public SnapshotInfo snapshot(String snapshot) {
    return Shown.snapshot(repository.snapshot(snapshot));
  }

  /// What was seen to be damaged so far, such as snapshots that could not be listed.
  public List<ItemFailure> damage() {
    return repository.damage();
  }

  public CheckInfo check(boolean readData, CancelToken cancel, Meter meter) {
    return Shown.check(repository.check(new CheckOptions(readData), cancel, meter));
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
    Snapshot from = repository.snapshot(snapshot);
    FilePath at = inside(path);
    Node node = repository.node(from, at);
    if (!node.isFolder()) {
      files.accept(Shown.file(at, node));
      return;
    }
    repository.walk(
        node,
        (below, child) -> {
          files.accept(Shown.file(join(at, below), child));
          return recursive;
        },
        cancel);
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
    Node node = repository.node(repository.snapshot(snapshot), inside(path));
    if (!node.isFile()) {
      throw new InvalidInputException(
          "repository.no-file",
          "'" + path + "' is not a file",
          "list what is there with 'ls', or fetch a folder with 'get'");
    }
    repository.read(node, offset, length, out, cancel);
  }

  public BackUpFoldersOutcome backUp(
      BackUpFoldersRequest request, CancelToken cancel, Meter meter) {
    RepositorySettings settings = RepositorySettings.ofThisMachine();
    String host = request.hostname().isEmpty() ? settings.hostname() : request.hostname();
    List<String> paths =
        request.paths().stream().map(p -> p.toAbsolutePath().normalize().toString()).toList();
    Snapshot parent = request.force() ? null : parent(host, paths);
    ArchiveReport report =
        new LocalArchiver(repository, settings.clock())
            .archive(
                request.paths(),
                new ArchiveOptions(
                    request.excludes(), request.tags(), host, parent, request.cache()),
                cancel,
                meter);
    return new BackUpFoldersOutcome(
        Shown.snapshot(report.snapshot()),
        report.stats().dataAdded(),
        report.stats().dataAddedPacked(),
        report.failures(),
        repository.damage());
  }

  /// Also `get`: a file or folder to the laptop.
  public RestoreFolderOutcome restore(
      RestoreFolderRequest request, CancelToken cancel, Meter meter) {
    Node node = repository.node(repository.snapshot(request.snapshot()), inside(request.path()));
    RestoreOptions options =
        new RestoreOptions(existing(request.existing()), request.sparse(), request.owners());
    RestoreReport report =
        new LocalRestorer(repository).restore(node, request.target(), options, cancel, meter);
    return new RestoreFolderOutcome(
        report.files(), report.bytes(), report.skipped(), report.failures());
  }

  /// Deletes a snapshot; the space comes back with a prune.
  public void forget(String snapshot) {
    repository.forget(repository.snapshot(snapshot));
  }

  @Override
  public void close() {
    repository.close();
  }
}
