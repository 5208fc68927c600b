package dev.backstay.repository;

import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.add;

import dev.backstay.model.DamagedException;
import dev.backstay.model.EngineException;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.SimulatedWorld.Participant;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.check.Check;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.chunk.Chunker;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.json.GoTime;
import dev.backstay.repository.json.JsonWriter;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.pack.BlobCodec;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.PackBuilder;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.prune.AsideStep;
import dev.backstay.repository.prune.CommitEnd;
import dev.backstay.repository.prune.HiddenPacks;
import dev.backstay.repository.prune.MaxUnused;
import dev.backstay.repository.prune.PruneGround;
import dev.backstay.repository.prune.PruneOptions;
import dev.backstay.repository.prune.PrunePlan;
import dev.backstay.repository.prune.PrunePlanner;
import dev.backstay.repository.prune.PruneRun;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.snapshot.FileCounts;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotDraft;
import dev.backstay.repository.snapshot.SnapshotFile;
import dev.backstay.repository.snapshot.SnapshotSummary;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import dev.backstay.repository.tree.TreeCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One history: writers of ours with an index that they keep from job to job, writers that work as
/// restic does and know nothing of candidates, prunes of both modes, snapshots that are forgotten,
/// and what [SimulatedWorld] does to them. In the end every committed snapshot must be there and
/// read as it was written.
final class Simulation {

  private static final int CONTENTS = 8;
  private static final Chunker CHUNKER = new Chunker(0x3DA3358B4DC173L);
  private static final PruneOptions PRUNE =
      PruneOptions.DEFAULT
          .withMaxUnused(MaxUnused.NONE)
          .withMinimumAge(Duration.ZERO)
          .withFewSnapshots(true);

  private final SimulatedWorld world;
  private final List<AsideStep> order;
  // Milliseconds: in some histories a backup takes so long that prunes begin and end meanwhile.
  private final int longest;
  private final SecureRandom random;
  private final MasterKey key;
  private final byte[][] contents = new byte[CONTENTS][];
  private final Map<String, List<Integer>> committed = new TreeMap<>();
  private final List<CodecPool> pools = new ArrayList<>();

  /// @param order of the steps of setting aside
  Simulation(long seed, List<AsideStep> order) {
    world = new SimulatedWorld(seed);
    this.order = order;
    longest = world.random.nextBoolean() ? 2000 : 60_000;
    // Of its own: how much of it the engine draws must not decide what happens.
    random = new Seeded(new Random(seed));
    key = MasterKey.random(random);
    for (int i = 0; i < CONTENTS; i++) {
      contents[i] = new byte[100 + world.random.nextInt(400)];
      world.random.nextBytes(contents[i]);
    }
  }

  private static final class Seeded extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient Random source;

    Seeded(Random source) {
      this.source = source;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      source.nextBytes(bytes);
    }
  }

  /// Runs what it is given at once.
  private static final class AtOnce extends AbstractExecutorService {
    @Override
    public void execute(Runnable work) {
      work.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  /// @return what was lost, or null
  @Nullable String run() {
    try {
      history();
      return outcome();
    } finally {
      pools.forEach(CodecPool::close);
    }
  }

  String events() {
    return world.history();
  }

  private void history() {
    world.calm(true);
    Writer first = new Writer(world.observer());
    for (int i = 0; i < 4; i++) {
      first.backUp();
    }
    forgetSome(2);
    world.calm(false);
    int writers = world.random.nextInt(4);
    for (int i = 0; i < writers; i++) {
      world.process("writer-" + i, self -> new Writer(self).work());
    }
    int foreign = writers == 0 ? 1 + world.random.nextInt(2) : world.random.nextInt(3);
    for (int i = 0; i < foreign; i++) {
      world.process("foreign-" + i, self -> new ForeignWriter(self).work());
    }
    int pruners = 1 + world.random.nextInt(2);
    for (int i = 0; i < pruners; i++) {
      world.process("pruner-" + i, self -> new Pruner(self).work());
    }
  }

  private void forgetSome(int count) {
    List<String> ids = new ArrayList<>(committed.keySet());
    for (int i = 0; i < count && ids.size() > 1; i++) {
      String id = ids.remove(world.random.nextInt(ids.size()));
      committed.remove(id);
      world.delete(new StoreKey(FileKind.SNAPSHOT, id));
    }
  }

  private @Nullable String outcome() {
    Throwable failure = world.run(() -> forgetSome(world.random.nextInt(4) == 0 ? 1 : 0));
    if (failure != null) {
      return "a process failed: " + failure + Arrays.toString(failure.getStackTrace());
    }
    world.calm(true);
    world.removeAllLocks();
    try {
      String lost = verify("when all have ended");
      if (lost != null) {
        return lost;
      }
      Pruner pruner = new Pruner(world.observer());
      for (int i = 0; i < 3; i++) {
        pruner.prune(PRUNE);
      }
      lost = verify("when all was pruned");
      if (lost != null) {
        return lost;
      }
      pruner.prune(PRUNE.withExclusive(true));
      return remains();
    } catch (EngineException e) {
      return e + Arrays.toString(e.getStackTrace());
    }
  }

  private @Nullable String verify(String when) {
    ObjectStore store = world.reader().store();
    CodecPool codecs = codecs();
    SealedFiles files = new SealedFiles(store, codecs);
    CheckReport report = check(store, files, codecs, false);
    if (!report.sound()) {
      return when + ": " + report.findings();
    }
    BlobReader blobs =
        new BlobReader(store, codecs, new LoadedIndex(store, files, new FoundDamage()));
    for (Map.Entry<String, List<Integer>> entry : committed.entrySet()) {
      StoreKey file = new StoreKey(FileKind.SNAPSHOT, entry.getKey());
      if (!store.exists(file)) {
        return when + ": the snapshot " + entry.getKey() + " is gone";
      }
      Snapshot snapshot = SnapshotFile.decode(files.load(file), entry.getKey());
      if (!same(blobs, snapshot.tree(), entry.getValue())) {
        return when + ": the snapshot " + entry.getKey() + " differs";
      }
    }
    return null;
  }

  private CheckReport check(
      ObjectStore store, SealedFiles files, CodecPool codecs, boolean readData) {
    Opened opened =
        new Opened(
            store,
            files,
            codecs,
            key,
            "",
            2,
            random,
            world.reader(),
            "",
            "",
            1,
            4,
            Duration.ZERO,
            () -> HiddenPacks.load(store, files).indexed());
    return new Check(opened, new Random(1)).run(new CheckOptions(readData), CANCEL, Meter.NONE);
  }

  private boolean same(BlobReader blobs, BlobId tree, List<Integer> wanted) {
    List<Node> nodes = TreeCodec.decode(blobs.load(BlobKind.TREE, tree), "tree");
    for (int i = 0; i < nodes.size(); i++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      nodes.get(i).content().forEach(id -> out.writeBytes(blobs.load(BlobKind.DATA, id)));
      if (!Arrays.equals(out.toByteArray(), contents[wanted.get(i)])) {
        return false;
      }
    }
    return nodes.size() == wanted.size();
  }

  /// Whatever happened, what is left of it goes.
  private @Nullable String remains() {
    String lost = verify("when all was pruned alone");
    if (lost != null) {
      return lost;
    }
    ObjectStore store = world.reader().store();
    CodecPool codecs = codecs();
    CheckReport report = check(store, new SealedFiles(store, codecs), codecs, true);
    boolean clean =
        report.findings().isEmpty()
            && store.list(FileKind.CANDIDATES).isEmpty()
            && store.list(FileKind.LOCK_LIST).isEmpty();
    return clean ? null : "something is left over: " + report.findings();
  }

  private CodecPool codecs() {
    CodecPool pool = new CodecPool(key, random, 2);
    pools.add(pool);
    return pool;
  }

  private List<Integer> choose() {
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < CONTENTS; i++) {
      if (world.random.nextInt(3) == 0) {
        chosen.add(i);
      }
    }
    return chosen.isEmpty() ? List.of(world.random.nextInt(CONTENTS)) : chosen;
  }

  private Duration aWhile() {
    return Duration.ofMillis(world.random.nextInt(longest));
  }

  private static String path(int content) {
    return "f" + content;
  }

  /// Whoever writes or prunes: a process with its own view of the store.
  private abstract class Actor {
    final Participant self;
    final ObjectStore store;
    final CodecPool codecs = codecs();
    final SealedFiles files;

    Actor(Participant self) {
      this.self = self;
      store = self.store();
      files = new SealedFiles(store, codecs);
    }

    RepositoryLock lock(boolean exclusive) {
      return RepositoryLock.acquire(
          store, files, self, self.name, "user", exclusive, Duration.ZERO, () -> {});
    }

    void work() {
      int jobs = 1 + world.random.nextInt(5);
      for (int i = 0; i < jobs; i++) {
        try {
          job();
        } catch (DamagedException e) {
          throw e;
        } catch (EngineException e) {
          world.note(self, "gives up: " + e.code());
        }
        self.pause(Duration.ofMillis(world.random.nextInt(4000)));
      }
    }

    abstract void job();
  }

  /// The product's writer, without its threads.
  private final class Writer extends Actor {
    private final LoadedIndex index;
    private final BlobReader blobs;
    private final RepositorySettings settings;

    Writer(Participant self) {
      super(self);
      index = new LoadedIndex(store, files, new FoundDamage());
      blobs = new BlobReader(store, codecs, index);
      settings =
          new RepositorySettings(self, self.name, "user", "backstay", 1, 4, Duration.ZERO, null);
    }

    @Override
    void job() {
      backUp();
    }

    void backUp() {
      List<Integer> chosen = choose();
      RepositoryLock lock = lock(false);
      try (LockedWriter writer = writer(lock)) {
        TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
        for (int content : chosen) {
          add(tree, writer, path(content), contents[content]);
          if (world.random.nextInt(4) == 0) {
            writer.flush();
            self.pause(aWhile());
            lock.confirm();
          }
        }
        committed.put(writer.commit(draft(tree.finish(), self.instant())).id(), chosen);
        world.note(self, "has committed");
      }
    }

    private LockedWriter writer(RepositoryLock lock) {
      try {
        HiddenPacks hidden = HiddenPacks.load(store, files);
        BlobIndex lent = index.lend(hidden.packs());
        index.verifyPacks(lent, hidden.packs());
        OtherWriters others = own -> index.catchUp(lent, own);
        BlobSaver saver = new BlobSaver(store, codecs, lent, key, random, others, new AtOnce());
        CommitEnd end = new CommitEnd(store, files, hidden.names());
        FileSaver contents = new FileSaver(saver, CHUNKER, 1);
        return new LockedWriter(
            lock,
            saver,
            contents,
            lent,
            () -> index.giveBack(lent),
            files,
            settings,
            end,
            () -> new SeenBlobs(index, blobs));
      } catch (RuntimeException | Error e) {
        lock.close();
        throw e;
      }
    }
  }

  private static SnapshotDraft draft(BlobId tree, Instant time) {
    return new SnapshotDraft(
        time, tree, List.of("/"), "host", "user", List.of(), List.of(), null, FileCounts.NONE);
  }

  /// Works as restic does: shared lock, index, packs, index, snapshot; nothing of ours.
  private final class ForeignWriter extends Actor {

    ForeignWriter(Participant self) {
      super(self);
    }

    @Override
    void job() {
      String lock = files.save(FileKind.LOCK, lockFile());
      try {
        self.pause(Duration.ofMillis(200));
        if (!lockedAlone()) {
          backUp(choose());
        }
      } finally {
        store.delete(new StoreKey(FileKind.LOCK, lock));
      }
    }

    private boolean lockedAlone() {
      for (StoredFile file : store.list(FileKind.LOCK)) {
        try {
          byte[] json = files.load(file.key());
          if (new String(json, StandardCharsets.UTF_8).contains("\"exclusive\":true")) {
            return true;
          }
        } catch (NotFoundException e) {
          // Restic asks for each that it listed, too, and passes over what is gone.
          world.note(self, "misses a lock");
        }
      }
      return false;
    }

    private byte[] lockFile() {
      JsonWriter out = new JsonWriter(200);
      out.raw('{');
      out.field("time").string(GoTime.format(self.instant()));
      out.field("exclusive").raw("false");
      out.field("hostname").string(self.name);
      out.field("username").string("user");
      out.field("pid").number(ProcessHandle.current().pid());
      return out.raw('}').toBytes();
    }

    private void backUp(List<Integer> chosen) {
      LoadedIndex loaded = new LoadedIndex(store, files, new FoundDamage());
      BlobIndex index = loaded.index();
      PackBuilder data = PackBuilder.ofOne(CONTENTS * 600);
      PackBuilder trees = PackBuilder.ofOne(CONTENTS * 600);
      List<Node> nodes = new ArrayList<>();
      for (int content : chosen) {
        BlobId id = save(index, data, BlobKind.DATA, contents[content]);
        nodes.add(
            Node.file("x", NodeTime.EPOCH)
                .withName(FilePath.of(path(content)))
                .withContent(List.of(id), contents[content].length));
        self.pause(aWhile());
      }
      BlobId tree = save(index, trees, BlobKind.TREE, TreeCodec.encode(nodes));
      List<IndexedPack> packs = new ArrayList<>();
      store(data, packs);
      store(trees, packs);
      if (!packs.isEmpty()) {
        files.save(FileKind.INDEX, IndexFile.encode(packs));
      }
      byte[] json = SnapshotFile.encode(draft(tree, self.instant()), "restic 0.19.1", summary());
      committed.put(files.save(FileKind.SNAPSHOT, json), chosen);
      world.note(self, "has committed");
    }

    private SnapshotSummary summary() {
      return new SnapshotSummary(
          self.instant(), self.instant(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private BlobId save(BlobIndex index, PackBuilder pack, BlobKind kind, byte[] bytes) {
      return codecs.with(codec -> {
        BlobId id = codec.id(bytes, 0, bytes.length);
        if (!index.contains(kind, id)) {
          BlobCodec.Encoded encoded = codec.encode(kind, bytes, 0, bytes.length);
          pack.append(kind, id, codec.sealed(), 0, encoded.length(), encoded.plainLength());
        }
        return id;
      });
    }

    private void store(PackBuilder pack, List<IndexedPack> packs) {
      if (!pack.entries().isEmpty()) {
        String name = pack.finish(new Sealer(key, random));
        store.put(new StoreKey(FileKind.PACK, name), pack.bytes(), 0, pack.size());
        packs.add(new IndexedPack(name, pack.entries()));
      }
    }
  }

  /// The product's prune.
  private final class Pruner extends Actor {

    Pruner(Participant self) {
      super(self);
    }

    @Override
    void work() {
      super.work();
      super.work();
    }

    @Override
    void job() {
      prune(PRUNE.withExclusive(world.random.nextInt(6) == 0));
    }

    void prune(PruneOptions options) {
      PruneGround ground =
          new PruneGround(
              store, files, codecs, key, random, self, this::lock, self.name, "user", 1, order);
      PrunePlan plan = PrunePlanner.plan(ground, options, CANCEL, Meter.NONE);
      self.pause(Duration.ofSeconds(world.random.nextInt(2)));
      world.note(self, "has done " + PruneRun.apply(ground, plan, CANCEL, Meter.NONE));
    }
  }
}
