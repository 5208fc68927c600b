package dev.backstay.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.FilePath;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.browse.PathIndexes;
import dev.backstay.repository.cache.CacheFolder;
import dev.backstay.repository.check.Check;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.chunk.Chunker;
import dev.backstay.repository.forget.ForgetPlan;
import dev.backstay.repository.forget.ForgetRequest;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.index.IndexCache;
import dev.backstay.repository.key.Keys;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.lock.WaitingClock;
import dev.backstay.repository.maintenance.Maintenance;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.prune.AsideStep;
import dev.backstay.repository.prune.CommitEnd;
import dev.backstay.repository.prune.HiddenPacks;
import dev.backstay.repository.prune.PruneGround;
import dev.backstay.repository.prune.PruneOptions;
import dev.backstay.repository.prune.PruneOutcome;
import dev.backstay.repository.prune.PrunePlan;
import dev.backstay.repository.prune.PrunePlanner;
import dev.backstay.repository.prune.PruneRun;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFile;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A repository whose master key is known.
final class UnlockedRepository implements OpenRepository {

  private static final Duration HALF_WRITTEN = Duration.ofHours(24);

  /// The largest chunk, sealed and plain, and as much again for everything else.
  private static final long HEAP_PER_FETCH = 4L * Chunker.MAX;

  private static final int MOST_FETCHES = 64;

  private final ObjectStore store;
  private final RepositorySettings settings;
  private final SecureRandom random;
  private final MasterKey key;
  private final String keyId;
  private final CodecPool codecs;
  private final Config config;
  private final SealedFiles files;
  private final FoundDamage damage = new FoundDamage();
  private final LoadedIndex index;
  private final BlobReader blobs;
  private final Trees trees;
  private final PathIndexes paths;
  private final BlobPipeline pipeline;

  UnlockedRepository(
      ObjectStore store,
      RepositorySettings settings,
      SecureRandom random,
      Keys.Opening key,
      CodecPool codecs,
      Config config) {
    this.store = store;
    this.settings = settings;
    this.random = random;
    this.key = key.master();
    this.keyId = key.id();
    this.codecs = codecs;
    this.config = config;
    files = new SealedFiles(store, codecs);
    CacheFolder cache = cache(settings, config);
    index =
        new LoadedIndex(
            store,
            files,
            damage,
            Math.max(settings.cores(), store.capabilities().connections()),
            cache == null ? null : new IndexCache(cache, config.id()));
    paths = new PathIndexes(cache == null ? null : cache.below("paths"), codecs);
    blobs = new BlobReader(store, codecs, index);
    trees = new Trees(blobs);
    boolean far = store.capabilities().far();
    pipeline = new BlobPipeline(blobs, index, far, fetches(), settings.cores());
  }

  /// As many as the store is glad of, if the heap has room for a blob of each.
  private int fetches() {
    long room = Runtime.getRuntime().maxMemory() / HEAP_PER_FETCH;
    return Math.min(store.capabilities().connections(), Math.clamp(room, 2, MOST_FETCHES));
  }

  private static @Nullable CacheFolder cache(RepositorySettings settings, Config config) {
    Path root = settings.cache();
    return root == null ? null : CacheFolder.of(root, config.id());
  }

  @Override
  public String id() {
    return config.id();
  }

  @Override
  public long polynomial() {
    return config.polynomial();
  }

  @Override
  public Maintenance maintenance() {
    return new Maintenance(opened());
  }

  Opened opened() {
    return new Opened(
        store,
        files,
        codecs,
        key,
        keyId,
        config.version(),
        random,
        settings.clock(),
        settings.hostname(),
        settings.username(),
        settings.cores(),
        settings.scryptCost(),
        settings.lockRefresh(),
        () -> HiddenPacks.load(store, files).indexed());
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public List<Snapshot> snapshots() {
    index.lookAgain();
    return new SnapshotList(store, files, damage).read();
  }

  private Snapshot load(StoreKey file) {
    return SnapshotFile.decode(files.load(file), file.name());
  }

  @Override
  public Snapshot snapshot(String id) {
    if (id.equals("latest")) {
      List<Snapshot> all = snapshots();
      if (all.isEmpty()) {
        throw noSnapshot(id);
      }
      return all.getLast();
    }
    List<StoredFile> matches =
        store.list(FileKind.SNAPSHOT).stream()
            .filter(file -> !id.isEmpty() && file.key().name().startsWith(id))
            .toList();
    if (matches.size() > 1) {
      throw new InvalidInputException(
          "repository.snapshot-ambiguous",
          matches.size() + " snapshots have an id that begins with '" + id + "'",
          "give more characters of the id");
    }
    if (matches.isEmpty()) {
      throw noSnapshot(id);
    }
    return load(matches.getFirst().key());
  }

  private NotFoundException noSnapshot(String id) {
    return new NotFoundException(
        "repository.no-snapshot",
        "there is no snapshot '" + id + "' in the repository at " + location(),
        "list them with 'repo snapshots'");
  }

  @Override
  public List<Node> tree(BlobId tree) {
    return trees.get(tree);
  }

  @Override
  public Node node(Snapshot snapshot, FilePath path) {
    Node node = Node.folder("", NodeTime.of(snapshot.time())).withSubtree(snapshot.tree());
    for (byte[] component : path.components()) {
      FilePath name = FilePath.ofBytes(component);
      BlobId subtree = node.subtree();
      node =
          (subtree == null ? List.<Node>of() : tree(subtree))
              .stream()
                  .filter(child -> child.name().equals(name))
                  .findFirst()
                  .orElseThrow(() -> noPath(snapshot, path));
    }
    return node;
  }

  private static NotFoundException noPath(Snapshot snapshot, FilePath path) {
    return new NotFoundException(
        "repository.no-path",
        "there is no '/" + path + "' in the snapshot " + snapshot.shortId(),
        "check the path, or look for it in another snapshot");
  }

  @Override
  public void walk(Node folder, NodeVisitor visitor, CancelToken cancel) {
    int useful = 2 * Math.max(settings.cores(), store.capabilities().connections());
    try (TreeWalk walk = new TreeWalk(trees, Math.clamp(useful, 4, 32))) {
      walk.walk(folder, visitor, cancel);
    }
  }

  @Override
  public PathIndexes paths() {
    return paths;
  }

  @Override
  public void read(Node file, long offset, long length, OutputStream out, CancelToken cancel) {
    long skip = Math.max(0, offset);
    List<BlobId> content = file.content();
    int first = 0;
    while (first < content.size() && sizeOf(content.get(first)) <= skip) {
      skip -= sizeOf(content.get(first++));
    }
    boolean toTheEnd = length >= file.size() - Math.max(0, offset);
    int last = toTheEnd ? content.size() : end(content, first, skip + length);
    try (FileReader reader = new FileReader(pipeline, content.subList(first, last))) {
      copy(reader, skip, length, out, cancel);
    }
  }

  /// Behind the blobs that so many bytes lie in: what nobody asked for is not fetched ahead.
  private int end(List<BlobId> content, int first, long bytes) {
    int end = first;
    for (long left = bytes; left > 0 && end < content.size(); end++) {
      left -= sizeOf(content.get(end));
    }
    return end;
  }

  private static void copy(
      FileReader reader, long skip, long length, OutputStream out, CancelToken cancel) {
    long left = length;
    int from = (int) skip;
    while (left > 0) {
      PlainBlob blob = reader.next(cancel);
      if (blob.length() == 0) {
        return;
      }
      int count = (int) Math.min(left, blob.length() - from);
      try {
        out.write(blob.bytes(), from, count);
      } catch (IOException e) {
        throw new StorageException(
            "target.unwritable",
            "what was read could not be passed on: " + e.getMessage(),
            "make sure that the receiver still listens",
            e);
      }
      left -= count;
      from = 0;
    }
  }

  @Override
  public int readers() {
    return Math.max(settings.cores(), fetches()) + 1;
  }

  @Override
  public InputStream open(Node file) {
    return new FileStream(new FileReader(pipeline, file.content()));
  }

  @Override
  public boolean knows(BlobId blob) {
    return index.index().contains(BlobKind.DATA, blob);
  }

  /// Where a data blob lies.
  BlobPlace place(BlobId blob) {
    return index.places(BlobKind.DATA, blob).getFirst();
  }

  @Override
  public long sizeOf(BlobId blob) {
    List<BlobPlace> places = index.places(BlobKind.DATA, blob);
    return places.isEmpty() ? blobs.load(BlobKind.DATA, blob).length : places.getFirst().size();
  }

  @Override
  public List<ItemFailure> damage() {
    return damage.all();
  }

  @Override
  public CheckReport check(CheckOptions options, CancelToken cancel, Meter meter) {
    Check check = new Check(opened(), random);
    if (!store.capabilities().writable()) {
      return check.run(options, cancel, meter);
    }
    try (RepositoryLock held = lock(false)) {
      CheckReport report = check.run(options, cancel, meter);
      try {
        held.confirm();
        return report;
      } catch (EngineException e) {
        return report.unprotected(String.valueOf(e.getMessage()));
      }
    }
  }

  private RepositoryLock lock(boolean exclusive) {
    return opened().lock(exclusive, () -> {});
  }

  @Override
  public RepositoryWriter writer() {
    Opened opened = opened();
    opened.refuseVersionOne();
    RepositoryLock lock = opened.lock(false, this::prepare);
    try {
      HiddenPacks hidden = HiddenPacks.load(store, files);
      return writer(lock, hidden, index.lend(hidden.packs()));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// What needs no lock: what is read here is compared with what is there when the lock is had.
  private void prepare() {
    store.sweep(settings.clock().instant(), HALF_WRITTEN);
    var _ = index.index();
  }

  private RepositoryWriter writer(RepositoryLock lock, HiddenPacks hidden, BlobIndex borrowed) {
    try {
      index.verifyPacks(borrowed, hidden.packs());
      OtherWriters others = OtherWriters.unhurried(own -> index.catchUp(borrowed, own));
      BlobSaver saver = new BlobSaver(store, codecs, borrowed, key, random, others);
      FileSaver contents = new FileSaver(saver, new Chunker(config.polynomial()), settings.cores());
      return new LockedWriter(
          lock,
          saver,
          contents,
          borrowed,
          () -> index.giveBack(borrowed),
          files,
          settings,
          new CommitEnd(store, files, hidden.names()),
          () -> new SeenBlobs(index, blobs));
    } catch (RuntimeException e) {
      index.giveBack(borrowed);
      throw e;
    }
  }

  @Override
  public ForgetPlan plan(ForgetRequest request) {
    opened().refuseVersionOne();
    return forgetting().plan(request, this::snapshot);
  }

  @Override
  public int apply(ForgetPlan plan, CancelToken cancel, Meter meter) {
    return forgetting().apply(plan, () -> lock(true), cancel, meter);
  }

  @Override
  public PrunePlan plan(PruneOptions options, CancelToken cancel, Meter meter) {
    opened().refuseVersionOne();
    return PrunePlanner.plan(ground(), options, cancel, meter);
  }

  @Override
  public PruneOutcome apply(PrunePlan plan, CancelToken cancel, Meter meter) {
    return PruneRun.apply(ground(), plan, cancel, meter);
  }

  private PruneGround ground() {
    return new PruneGround(
        store,
        files,
        codecs,
        key,
        random,
        WaitingClock.of(settings.clock()),
        this::lock,
        settings.hostname(),
        settings.username(),
        Math.max(settings.cores(), store.capabilities().connections()),
        AsideStep.ORDER);
  }

  private Forgetting forgetting() {
    return new Forgetting(store, files, settings.clock(), damage);
  }

  @Override
  public void forget(Snapshot snapshot) {
    opened().refuseVersionOne();
    try (RepositoryLock held = lock(true)) {
      held.confirm();
      store.delete(new StoreKey(FileKind.SNAPSHOT, snapshot.id()));
    }
  }

  @Override
  public void close() {
    pipeline.close();
    blobs.close();
    index.close();
    codecs.close();
    store.close();
  }
}
