package dev.backstay.workflow.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.DataSubset;
import dev.backstay.repository.local.ArchiveOptions;
import dev.backstay.repository.local.ArchiveReport;
import dev.backstay.repository.local.LocalArchiver;
import dev.backstay.repository.local.LocalRestorer;
import dev.backstay.repository.local.PathScope;
import dev.backstay.repository.local.RestoreOptions;
import dev.backstay.repository.local.RestoreOptions.ExistingFiles;
import dev.backstay.repository.local.RestoreReport;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.tree.Node;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A repository that its password has opened. Safe for use by many threads; close it.
///
/// Calls block until they are done and throw [dev.backstay.model.EngineException].
public final class RepositorySession implements AutoCloseable {

  private final RepositoryLocation location;
  private final ObjectStore store;
  private final OpenRepository repository;

  private RepositorySession(
      RepositoryLocation location, ObjectStore store, OpenRepository repository) {
    this.location = location;
    this.store = store;
    this.repository = repository;
  }

  /// Makes a new repository and opens it, with the environment of this process.
  ///
  /// @throws dev.backstay.model.ConflictException if there is one already
  public static RepositorySession init(RepositoryLocation location, Secret password) {
    return init(location, password, StoreAccess.ofThisProcess());
  }

  /// Makes a new repository and opens it.
  ///
  /// @throws dev.backstay.model.ConflictException if there is one already
  public static RepositorySession init(
      RepositoryLocation location, Secret password, StoreAccess access) {
    return with(location, access, store -> Repository.init(store, password, settings()));
  }

  /// Makes a new repository that cuts files as another one does, so that a copy between the two is
  /// not stored twice.
  ///
  /// @throws dev.backstay.model.ConflictException if there is one already
  public static RepositorySession init(
      RepositoryLocation location, Secret password, StoreAccess access, RepositorySession like) {
    return with(
        location, access, store -> Repository.init(store, password, settings(), like.repository));
  }

  /// With the environment of this process.
  ///
  /// @throws dev.backstay.model.NotFoundException if there is none
  /// @throws dev.backstay.model.UnauthenticatedException if the password is wrong
  public static RepositorySession open(RepositoryLocation location, Secret password) {
    return open(location, password, StoreAccess.ofThisProcess());
  }

  /// @throws dev.backstay.model.NotFoundException if there is none
  /// @throws dev.backstay.model.UnauthenticatedException if the password is wrong
  public static RepositorySession open(
      RepositoryLocation location, Secret password, StoreAccess access) {
    return with(
        location,
        access,
        store -> Repository.open(store, password, settings().withCache(folder(access))));
  }

  /// What makes repositories faster that were open before; wherever they are.
  private static @Nullable Path folder(StoreAccess access) {
    Path cache = access.cache();
    return cache == null ? null : cache.resolve("repositories");
  }

  private static RepositorySettings settings() {
    return RepositorySettings.ofThisMachine();
  }

  private static RepositorySession with(
      RepositoryLocation location,
      StoreAccess access,
      Function<ObjectStore, OpenRepository> opening) {
    ObjectStore store = access.open(location);
    try {
      return new RepositorySession(location, store, opening.apply(store));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /// While the registration is open, cancelling the work also ends its waiting for a store that
  /// does not answer.
  public CancelToken.Registration during(CancelToken work) {
    return store.during(work);
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
    return at.isRoot() ? below : at.resolve(below.bytes());
  }

  private static ExistingFiles existing(RestoreFolderRequest.Existing existing) {
    return switch (existing) {
      case SKIP -> ExistingFiles.SKIP;
      case OVERWRITE -> ExistingFiles.OVERWRITE;
      case IF_CHANGED -> ExistingFiles.IF_CHANGED;
      case IF_NEWER -> ExistingFiles.IF_NEWER;
      case FAIL -> ExistingFiles.FAIL;
      case KEEP_BOTH -> ExistingFiles.KEEP_BOTH;
    };
  }

  /// Relative to the folder that is restored.
  private static PathScope scope(RestoreFolderRequest request) {
    FilePath folder = inside(request.path());
    int depth = folder.components().size();
    Map<FilePath, Boolean> rules = new HashMap<>();
    request
        .parts()
        .forEach((path, wanted) -> {
          List<byte[]> parts = inside(path).components();
          if (parts.size() < depth || !joined(parts.subList(0, depth)).equals(folder)) {
            throw new InvalidInputException(
                "repository.bad-path",
                "'" + path + "' is not below '" + request.path() + "'",
                "name paths of that folder");
          }
          rules.put(joined(parts.subList(depth, parts.size())), wanted);
        });
    return new PathScope(rules);
  }

  /// What was asked for and is not there.
  private List<ItemFailure> absent(Snapshot from, RestoreFolderRequest request) {
    List<ItemFailure> absent = new ArrayList<>();
    new TreeMap<>(request.parts())
        .forEach((path, wanted) -> {
          try {
            if (wanted) {
              var _ = repository.node(from, inside(path));
            }
          } catch (NotFoundException e) {
            absent.add(ItemFailure.of(path, e));
          }
        });
    return absent;
  }

  private static FilePath joined(List<byte[]> components) {
    FilePath joined = FilePath.ROOT;
    for (byte[] component : components) {
      joined = joined.resolve(component);
    }
    return joined;
  }

  /// The last snapshot of the same paths on the same host.
  private @Nullable Snapshot parent(String host, List<String> paths) {
    return repository.snapshots().stream()
        .filter(s -> s.hostname().equals(host) && Set.copyOf(s.paths()).equals(Set.copyOf(paths)))
        .max(Comparator.comparing(Snapshot::time))
        .orElse(null);
  }

  /// For the other rooms of `workflow`.
  public static SnapshotInfo info(Snapshot snapshot) {
    return Shown.snapshot(snapshot);
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
    try (CancelToken.Registration _ = during(cancel)) {
      return Shown.check(repository.check(new CheckOptions(readData), cancel, meter));
    }
  }

  /// Reads a part of the data too.
  ///
  /// @param subset `2/7`, `2.5%` or `500M`, as restic's `--read-data-subset`
  /// @throws InvalidInputException if it is none of these
  public CheckInfo check(String subset, CancelToken cancel, Meter meter) {
    CheckOptions options = new CheckOptions(DataSubset.parse(subset));
    return Shown.check(repository.check(options, cancel, meter));
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
    try (CancelToken.Registration _ = during(cancel)) {
      repository.walk(
          node,
          (below, child) -> {
            files.accept(Shown.file(join(at, below), child));
            return recursive;
          },
          cancel);
    }
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
    try (CancelToken.Registration _ = during(cancel)) {
      repository.read(node, offset, length, out, cancel);
    }
  }

  public BackUpFoldersOutcome backUp(
      BackUpFoldersRequest request, CancelToken cancel, Meter meter) {
    try (CancelToken.Registration _ = during(cancel)) {
      return archive(request, cancel, meter);
    }
  }

  private BackUpFoldersOutcome archive(
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
    Snapshot from = repository.snapshot(request.snapshot());
    Node node = repository.node(from, inside(request.path()));
    RestoreOptions options =
        new RestoreOptions(
            existing(request.existing()), request.sparse(), request.owners(), scope(request));
    try (CancelToken.Registration _ = during(cancel)) {
      RestoreReport report =
          new LocalRestorer(repository).restore(node, request.target(), options, cancel, meter);
      List<ItemFailure> failures = absent(from, request);
      failures.addAll(report.failures());
      return new RestoreFolderOutcome(report.files(), report.bytes(), report.skipped(), failures);
    }
  }

  /// Deletes a snapshot; the space comes back with a prune.
  public void forget(String snapshot) {
    repository.forget(repository.snapshot(snapshot));
  }

  /// Says which snapshots a forget would remove, and why the others stay.
  ///
  /// @throws InvalidInputException if the rules keep nothing
  /// @throws dev.backstay.model.ConflictException if a group would lose all its snapshots
  public ForgetSnapshotsPlan plan(ForgetSnapshotsRequest request) {
    return new ForgetSnapshotsPlan(repository.plan(Upkeep.request(request)));
  }

  /// @return how many snapshots were removed
  /// @throws dev.backstay.model.ConflictException if the repository moved on since the plan
  public int apply(ForgetSnapshotsPlan plan, CancelToken cancel, Meter meter) {
    return repository.apply(plan.plan(), cancel, meter);
  }

  /// Finds what no snapshot needs, and what a prune would do about it.
  ///
  /// @throws dev.backstay.model.DamagedException if anything is missing that a snapshot needs
  public PruneRepositoryPlan plan(PruneRepositoryRequest request, CancelToken cancel, Meter meter) {
    return new PruneRepositoryPlan(repository.plan(Upkeep.options(request), cancel, meter));
  }

  /// @throws dev.backstay.model.ConflictException if the repository moved on since the plan
  /// @throws dev.backstay.model.LockedException if somebody else is in the way
  public PruneRepositoryOutcome apply(PruneRepositoryPlan plan, CancelToken cancel, Meter meter) {
    return Upkeep.outcome(repository.apply(plan.plan(), cancel, meter));
  }

  @Override
  public void close() {
    repository.close();
  }
}
