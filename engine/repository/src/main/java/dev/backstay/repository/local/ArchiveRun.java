package dev.backstay.repository.local;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.FilePath;
import dev.backstay.model.InternalException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.repository.FileContent;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.local.Listing.Entry;
import dev.backstay.repository.local.Posix.Stat;
import dev.backstay.repository.snapshot.FileCounts;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One backup of local paths: several threads walk, several read; a folder is saved by whoever
/// finishes the last thing in it. Where nothing has changed since the parent snapshot and this
/// machine [remembers][ParentCache] it, a folder is looked at and nothing else.
final class ArchiveRun implements AutoCloseable {

  // Each needs its stack, native memory and a share of the buffers: a small heap has few.
  private static final int READERS =
      Math.clamp(
          Runtime.getRuntime().maxMemory() / (64L << 20),
          2,
          Math.max(2, Runtime.getRuntime().availableProcessors()));
  private static final int WALKERS = READERS;
  private static final int QUEUED = 512;

  private final OpenRepository repository;
  private final RepositoryWriter writer;
  private final Excludes excludes;
  private final @Nullable Snapshot parent;
  private final CancelToken cancel;
  private final Meter meter;
  private final LocalNodes nodes = new LocalNodes();
  private final NativeBuffers buffers = new NativeBuffers();
  private final ExecutorService readers =
      Executors.newFixedThreadPool(
          READERS, Thread.ofPlatform().daemon().name("read-", 0).factory());
  private final ExecutorService walkers =
      Executors.newFixedThreadPool(
          WALKERS, Thread.ofPlatform().daemon().name("walk-", 0).factory());
  private final Semaphore idle = new Semaphore(WALKERS - 1);
  private final ParentCache remembered;
  private final ParentCacheWriter remember;
  private final Semaphore queued = new Semaphore(QUEUED);
  private final List<ItemFailure> failures = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<BlobId> root = new CompletableFuture<>();

  private final LongAdder filesNew = new LongAdder();
  private final LongAdder filesChanged = new LongAdder();
  private final LongAdder filesUnmodified = new LongAdder();
  private final LongAdder foldersNew = new LongAdder();
  private final LongAdder foldersChanged = new LongAdder();
  private final LongAdder foldersUnmodified = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  ArchiveRun(
      OpenRepository repository,
      RepositoryWriter writer,
      ArchiveOptions options,
      ParentCache remembered,
      ParentCacheWriter remember,
      CancelToken cancel,
      Meter meter) {
    this.repository = repository;
    this.writer = writer;
    this.excludes = new Excludes(options.excludes());
    this.parent = options.parent();
    this.remembered = remembered;
    this.remember = remember;
    this.cancel = cancel;
    this.meter = meter;
  }

  List<ItemFailure> failures() {
    return List.copyOf(failures);
  }

  FileCounts counts() {
    return new FileCounts(
        filesNew.sum(),
        filesChanged.sum(),
        filesUnmodified.sum(),
        foldersNew.sum(),
        foldersChanged.sum(),
        foldersUnmodified.sum(),
        bytes.sum());
  }

  /// The part of the wanted paths below one folder; a leaf is backed up whole.
  private static final class Wanted {
    private final Map<String, Wanted> below = new TreeMap<>();
    private boolean whole;
  }

  /// @return the root tree: the components of the paths as folders, as restic has them
  BlobId save(List<Path> targets) {
    Wanted wanted = new Wanted();
    for (Path target : targets) {
      Wanted at = wanted;
      for (Path component : target) {
        at = at.below.computeIfAbsent(component.toString(), _ -> new Wanted());
      }
      at.whole = true;
    }
    try {
      FolderHandle top = FolderHandle.openTop(new byte[] {'/'});
      FolderWork work =
          new FolderWork(
              null, FilePath.ROOT, null, null, parent == null ? null : parent.tree(), top);
      try {
        if (wanted.whole) {
          walk(work);
        } else {
          descend(work, wanted);
        }
      } finally {
        work.done();
      }
    } catch (PosixException e) {
      throw new InternalException("local.root", "cannot open /: " + e.getMessage(), "");
    } catch (EngineException e) {
      root.completeExceptionally(e);
    }
    return result();
  }

  private BlobId result() {
    try {
      return root.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof EngineException cause) {
        throw cause;
      }
      throw new InternalException("local.backup", "the backup failed: " + e.getCause(), "", e);
    }
  }

  private void descend(FolderWork work, Wanted wanted) {
    wanted.below.forEach((name, below) -> {
      Entry entry = look(work, FilePath.of(name));
      if (entry == null) {
        return;
      }
      if (below.whole) {
        visit(work, entry);
      } else {
        enter(work, entry, folder -> descend(folder, below));
      }
    });
  }

  private void walk(FolderWork work) {
    Listing listing;
    try {
      listing = listing(work);
    } catch (PosixException e) {
      fail(work, "", e);
      return;
    }
    work.found(listing);
    for (Entry entry : listing.entries()) {
      if (work.known == null || entry.stat().isFolder()) {
        visit(work, entry);
      }
    }
  }

  private Listing listing(FolderWork work) throws PosixException {
    List<byte[]> names = Posix.list(work.handle.fd());
    names.sort(Arrays::compareUnsigned);
    List<Entry> entries = new ArrayList<>(names.size());
    for (byte[] raw : names) {
      FilePath name = FilePath.ofBytes(raw);
      if (excludes.isEmpty() || !excludes.match(path(work, name))) {
        Entry entry = look(work, name);
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
    return new Listing(entries);
  }

  private static String path(FolderWork work, FilePath name) {
    return "/" + work.path.resolve(name.bytes());
  }

  private @Nullable Entry look(FolderWork work, FilePath name) {
    try {
      return new Entry(name, Posix.stat(work.handle.fd(), name.bytes()));
    } catch (PosixException e) {
      fail(work, path(work, name), e);
      return null;
    }
  }

  private void visit(FolderWork work, Entry entry) {
    cancel.checkpoint();
    if (root.isDone()) {
      return;
    }
    if (entry.stat().isFolder()) {
      enter(work, entry, this::walk);
    } else {
      leaf(work, entry, false);
    }
  }

  /// @param here reads a file on this thread instead of handing it over
  private void leaf(FolderWork work, Entry entry, boolean here) {
    try {
      if (entry.stat().is(0100000)) {
        file(work, entry, here);
        return;
      }
      Node node = nodes.node(work.handle.fd(), entry.name().bytes(), entry.stat());
      if (node != null) {
        count(work.before().get(node.name()), node);
        work.add(node);
        meter.add(1, 0);
      }
    } catch (PosixException e) {
      fail(work, path(work, entry.name()), e);
    }
  }

  private void count(@Nullable Node before, Node node) {
    if (before == null) {
      filesNew.increment();
    } else if (same(before, node)) {
      filesUnmodified.increment();
    } else {
      filesChanged.increment();
    }
    bytes.add(node.size());
  }

  /// Goes into a folder: on a thread that is free, else on this one. So there are never more open
  /// folders than threads times levels.
  private void enter(FolderWork work, Entry entry, Consumer<FolderWork> content) {
    FolderWork child;
    try {
      byte[] name = entry.name().bytes();
      FolderHandle handle = FolderHandle.open(work.handle.fd(), name);
      Node node = work.known == null ? nodes.folder(name, entry.stat(), handle.fd()) : null;
      child =
          new FolderWork(work, entry.name(), entry.stat(), node, work.treeBefore(entry), handle);
    } catch (PosixException e) {
      fail(work, path(work, entry.name()), e);
      return;
    }
    work.pending.incrementAndGet();
    if (idle.tryAcquire()) {
      walkers.execute(() -> {
        try {
          content(child, content);
        } finally {
          idle.release();
        }
      });
    } else {
      content(child, content);
    }
  }

  private void content(FolderWork child, Consumer<FolderWork> content) {
    try {
      content.accept(child);
    } catch (RuntimeException | Error e) {
      root.completeExceptionally(e);
    } finally {
      child.done();
    }
  }

  /// What the parent snapshot held; nothing if it cannot be read any more.
  private Map<FilePath, Node> children(BlobId tree) {
    try {
      Map<FilePath, Node> children = new HashMap<>();
      repository.tree(tree).forEach(node -> children.put(node.name(), node));
      return children;
    } catch (EngineException e) {
      return Map.of();
    }
  }

  private void file(FolderWork work, Entry entry, boolean here) {
    Node before = work.before().get(entry.name());
    if (before != null && unchanged(before, entry.stat())) {
      work.add(nodes.unchanged(before, entry.stat()));
      filesUnmodified.increment();
      bytes.add(before.size());
      meter.add(1, before.size());
      return;
    }
    work.pending.incrementAndGet();
    queued.acquireUninterruptibly(here ? 0 : 1);
    Runnable reading = () -> readFile(work, entry.name(), before, here ? 0 : 1);
    if (here) {
      reading.run();
    } else {
      readers.execute(reading);
    }
  }

  private boolean unchanged(Node before, Stat stat) {
    return before.isFile()
        && before.size() == stat.size()
        && before.inode() == stat.inode()
        && before.links() == stat.links()
        && same(before.modified(), stat.modified(), stat.modifiedNanos())
        && same(before.changed(), stat.changed(), stat.changedNanos())
        && before.content().stream().allMatch(writer::has);
  }

  private static boolean same(NodeTime time, long seconds, int nanos) {
    return time.seconds() == seconds && time.nanos() == nanos;
  }

  private static boolean same(Node before, Node node) {
    return before.type() == node.type()
        && before.inode() == node.inode()
        && same(before.changed(), node.changed().seconds(), node.changed().nanos());
  }

  private void readFile(FolderWork work, FilePath name, @Nullable Node before, int permits) {
    try {
      if (!root.isDone()) {
        work.add(read(work, name));
        (before == null ? filesNew : filesChanged).increment();
      }
    } catch (PosixException e) {
      fail(work, path(work, name), e);
    } catch (EngineException e) {
      if (e.code().equals("source.unreadable")) {
        work.spoil();
        failures.add(ItemFailure.of(path(work, name), e));
      } else {
        root.completeExceptionally(e);
      }
    } catch (RuntimeException | Error e) {
      root.completeExceptionally(e);
    } finally {
      queued.release(permits);
      work.done();
    }
  }

  private Node read(FolderWork work, FilePath file) throws PosixException {
    int folder = work.handle.fd();
    byte[] name = file.bytes();
    int flags = Posix.O_RDONLY | Posix.O_NOFOLLOW | Posix.O_NONBLOCK;
    int fd = Posix.open(folder, name, flags, 0);
    try {
      Stat stat = Posix.stat(fd);
      Node node = nodes.file(folder, name, stat, fd);
      if (node == null) {
        throw new PosixException("read", PosixException.ENOENT);
      }
      FileContent content = content(fd, stat.size());
      Stat after = Posix.stat(fd);
      if (content.size() != stat.size()
          || after.modified() != stat.modified()
          || after.modifiedNanos() != stat.modifiedNanos()) {
        work.spoil();
        failures.add(
            new ItemFailure(
                path(work, file),
                "local.changed",
                "the file changed while it was read; what was read is kept",
                "back up again, or from a snapshot of the file system"));
      }
      meter.add(1, 0);
      bytes.add(content.size());
      return node.withContent(content.blobs(), content.size());
    } finally {
      Posix.close(fd);
    }
  }

  private FileContent content(int fd, long size) {
    try (DescriptorInput in = new DescriptorInput(fd, size, buffers)) {
      return writer.saveFile(in, cancel, meter);
    }
  }

  private void fail(FolderWork work, String path, PosixException e) {
    work.spoil();
    failures.add(
        new ItemFailure(
            path.isEmpty() ? "/" + work.path + "/" : path,
            "local.unreadable",
            "cannot be read: " + e.getMessage(),
            "run as a user who may read it, or exclude it"));
  }

  @Override
  public void close() {
    walkers.close();
    readers.close();
    buffers.close();
  }

  /// A folder that is being saved.
  private final class FolderWork {
    private final @Nullable FolderWork above;
    private final FilePath name;
    private final FilePath path;
    // Null only for the top, which has none.
    private final @Nullable Stat stat;
    // Null if it may never be needed.
    private final @Nullable Node node;
    private final @Nullable BlobId beforeTree;
    private final FolderHandle handle;
    private final AtomicInteger pending = new AtomicInteger(1);
    private final List<Node> children = new ArrayList<>();
    private final Map<FilePath, Below> below = new TreeMap<>();
    private @Nullable Listing listing;
    private @Nullable BlobId digest;
    // What is remembered, as long as it holds.
    private volatile @Nullable KnownFolder known;
    private volatile boolean spoiled;
    private @Nullable Map<FilePath, Node> before;

    FolderWork(
        @Nullable FolderWork above,
        FilePath name,
        @Nullable Stat stat,
        @Nullable Node node,
        @Nullable BlobId beforeTree,
        FolderHandle handle) {
      this.above = above;
      this.name = name;
      this.stat = stat;
      this.node = node;
      this.path = above == null ? FilePath.ROOT : above.path.resolve(name.bytes());
      this.beforeTree = beforeTree;
      this.handle = handle;
    }

    /// What the parent snapshot held here.
    synchronized Map<FilePath, Node> before() {
      Map<FilePath, Node> there = before;
      if (there == null) {
        there = beforeTree == null ? Map.of() : children(beforeTree);
        before = there;
      }
      return there;
    }

    /// The tree that a folder in this one had in the parent snapshot.
    @Nullable BlobId treeBefore(Entry entry) {
      KnownFolder remembers = remembered.find(path.resolve(entry.name().bytes()));
      if (remembers != null) {
        return remembers.tree();
      }
      Node there = before().get(entry.name());
      return there == null ? null : there.subtree();
    }

    void found(Listing now) {
      listing = now;
      digest = now.digest();
      KnownFolder remembers = remembered.find(path);
      if (remembers != null
          && !spoiled
          && remembers.tree().equals(beforeTree)
          && remembers.listing().equals(digest)
          && remembers.isIn(writer)) {
        known = remembers;
      }
    }

    void add(Node child) {
      synchronized (children) {
        children.add(child);
      }
    }

    private void add(Below folder) {
      synchronized (children) {
        below.put(folder.name(), folder);
      }
    }

    /// Something of it is not in the snapshot: the next run must look again.
    void spoil() {
      spoiled = true;
    }

    /// One thing less to wait for; the last one saves the folder.
    void done() {
      if (pending.decrementAndGet() > 0) {
        return;
      }
      boolean again = false;
      try {
        again = !root.isDone() && !settled();
      } catch (RuntimeException | Error e) {
        root.completeExceptionally(e);
      }
      if (again) {
        done();
        return;
      }
      handle.release();
      if (above != null) {
        above.done();
      }
    }

    /// @return false if what was remembered does not hold and the folder's files have been looked
    ///   at again meanwhile
    private boolean settled() {
      KnownFolder remembers = known;
      List<BlobId> folders = below.values().stream().map(Below::tree).toList();
      if (remembers != null && (spoiled || !remembers.folders().equals(folders))) {
        lookAgain();
        return false;
      }
      if (remembers == null) {
        save(folders);
      } else {
        keep(remembers);
      }
      return true;
    }

    /// Something deeper has changed, so the folder needs its nodes after all.
    private void lookAgain() {
      known = null;
      pending.set(1);
      for (Entry entry : listing == null ? List.<Entry>of() : listing.entries()) {
        if (!entry.stat().isFolder()) {
          leaf(this, entry, true);
        }
      }
    }

    private void keep(KnownFolder remembers) {
      filesUnmodified.add(remembers.items());
      bytes.add(remembers.bytes());
      meter.add(remembers.items(), remembers.bytes());
      foldersUnmodified.increment();
      remember.add(path, remembers);
      pass(remembers.tree());
    }

    private void save(List<BlobId> folders) {
      List<Node> all = new ArrayList<>(children);
      for (Below folder : below.values()) {
        all.add(node(folder).withSubtree(folder.tree()));
      }
      BlobId tree = writer.saveTree(all);
      if (digest != null && !spoiled) {
        long size = children.stream().mapToLong(Node::size).sum();
        List<BlobId> blobs = children.stream().flatMap(n -> n.content().stream()).toList();
        remember.add(path, new KnownFolder(digest, tree, children.size(), size, folders, blobs));
      }
      if (above != null) {
        LongAdder counter = beforeTree == null ? foldersNew : foldersChanged;
        (tree.equals(beforeTree) ? foldersUnmodified : counter).increment();
      }
      pass(tree);
    }

    private void pass(BlobId tree) {
      if (above == null || stat == null) {
        root.complete(tree);
      } else {
        above.add(new Below(name, stat, node, tree));
      }
    }

    private Node node(Below folder) {
      Node there = folder.node();
      try {
        return there == null
            ? nodes.folder(handle.fd(), folder.name().bytes(), folder.stat())
            : there;
      } catch (PosixException e) {
        throw new InternalException(
            "local.attributes",
            path(this, folder.name()) + " cannot be read any more: " + e.getMessage(),
            "back up again",
            e);
      }
    }
  }

  /// A folder in a folder, saved.
  ///
  /// @param node null if it has not been made yet
  private record Below(FilePath name, Stat stat, @Nullable Node node, BlobId tree) {}
}
