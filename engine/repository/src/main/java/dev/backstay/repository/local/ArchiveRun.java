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
import dev.backstay.repository.local.Posix.Stat;
import dev.backstay.repository.snapshot.FileCounts;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.nio.charset.StandardCharsets;
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

/// One backup of local paths: one thread walks, several read; a folder is saved by whoever finishes
/// the last thing in it.
final class ArchiveRun implements AutoCloseable {

  private static final int READERS = Math.max(2, Runtime.getRuntime().availableProcessors());
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
      CancelToken cancel,
      Meter meter) {
    this.repository = repository;
    this.writer = writer;
    this.excludes = new Excludes(options.excludes());
    this.parent = options.parent();
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
    Map<FilePath, Node> before = parent == null ? Map.of() : children(parent.tree());
    try {
      FolderHandle top = FolderHandle.openTop(new byte[] {'/'});
      FolderWork work = new FolderWork(null, null, null, top, "", before);
      if (wanted.whole) {
        walk(work);
      } else {
        descend(work, wanted);
      }
      work.done();
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
      byte[] raw = name.getBytes(StandardCharsets.UTF_8);
      if (below.whole) {
        visit(work, raw);
      } else {
        enter(work, raw, folder -> descend(folder, below));
      }
    });
  }

  private void walk(FolderWork work) {
    List<byte[]> names;
    try {
      names = Posix.list(work.handle.fd());
    } catch (PosixException e) {
      fail(work.path + "/", e);
      return;
    }
    names.sort(Arrays::compareUnsigned);
    for (byte[] name : names) {
      visit(work, name);
    }
  }

  private void visit(FolderWork work, byte[] name) {
    cancel.checkpoint();
    if (root.isDone()) {
      return;
    }
    String path = work.path + '/' + new String(name, StandardCharsets.UTF_8);
    if (excludes.match(path)) {
      return;
    }
    try {
      Stat stat = Posix.stat(work.handle.fd(), name);
      if (stat.isFolder()) {
        enter(work, name, this::walk);
      } else if (stat.is(0100000)) {
        file(work, name, path, stat);
      } else {
        Node node = nodes.node(work.handle.fd(), name, stat);
        if (node != null) {
          count(work.before.get(node.name()), node);
          work.add(node);
          meter.add(1, 0);
        }
      }
    } catch (PosixException e) {
      fail(path, e);
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

  private void enter(FolderWork work, byte[] name, Consumer<FolderWork> content) {
    String path = work.path + '/' + new String(name, StandardCharsets.UTF_8);
    FolderWork child;
    try {
      FolderHandle handle = FolderHandle.open(work.handle.fd(), name);
      Node node = nodes.folder(name, Posix.stat(handle.fd()), handle.fd());
      Node before = work.before.get(node.name());
      BlobId subtree = before == null ? null : before.subtree();
      child =
          new FolderWork(
              work, node, subtree, handle, path, subtree == null ? Map.of() : children(subtree));
    } catch (PosixException e) {
      fail(path, e);
      return;
    }
    work.pending.incrementAndGet();
    try {
      content.accept(child);
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

  private void file(FolderWork work, byte[] name, String path, Stat stat) {
    Node before = work.before.get(FilePath.ofBytes(name));
    if (before != null && unchanged(before, stat)) {
      work.add(before);
      filesUnmodified.increment();
      bytes.add(before.size());
      meter.add(1, before.size());
      return;
    }
    queued.acquireUninterruptibly();
    work.pending.incrementAndGet();
    readers.execute(() -> readFile(work, name, path, before));
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

  private void readFile(FolderWork work, byte[] name, String path, @Nullable Node before) {
    try {
      if (!root.isDone()) {
        work.add(read(work.handle.fd(), name, path));
        (before == null ? filesNew : filesChanged).increment();
      }
    } catch (PosixException e) {
      fail(path, e);
    } catch (EngineException e) {
      if (e.code().equals("source.unreadable")) {
        failures.add(ItemFailure.of(path, e));
      } else {
        root.completeExceptionally(e);
      }
    } catch (RuntimeException | Error e) {
      root.completeExceptionally(e);
    } finally {
      queued.release();
      work.done();
    }
  }

  private Node read(int folder, byte[] name, String path) throws PosixException {
    int flags = Posix.O_RDONLY | Posix.O_NOFOLLOW | Posix.O_NONBLOCK;
    int fd = Posix.open(folder, name, flags, 0);
    try (DescriptorInput in = new DescriptorInput(fd, buffers)) {
      Stat stat = Posix.stat(fd);
      Node node = nodes.node(folder, name, stat);
      if (node == null || !node.isFile()) {
        throw new PosixException("read", PosixException.ENOENT);
      }
      FileContent content = writer.saveFile(in, cancel, meter);
      Stat after = Posix.stat(fd);
      if (content.size() != stat.size()
          || after.modified() != stat.modified()
          || after.modifiedNanos() != stat.modifiedNanos()) {
        failures.add(
            new ItemFailure(
                path,
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

  private void fail(String path, PosixException e) {
    failures.add(
        new ItemFailure(
            path,
            "local.unreadable",
            "cannot be read: " + e.getMessage(),
            "run as a user who may read it, or exclude it"));
  }

  @Override
  public void close() {
    readers.close();
    buffers.close();
  }

  /// A folder that is being saved.
  private final class FolderWork {
    private final @Nullable FolderWork above;
    private final @Nullable Node node;
    private final @Nullable BlobId beforeTree;
    private final FolderHandle handle;
    private final String path;
    private final Map<FilePath, Node> before;
    private final List<Node> children = new ArrayList<>();
    private final AtomicInteger pending = new AtomicInteger(1);

    FolderWork(
        @Nullable FolderWork above,
        @Nullable Node node,
        @Nullable BlobId beforeTree,
        FolderHandle handle,
        String path,
        Map<FilePath, Node> before) {
      this.above = above;
      this.node = node;
      this.beforeTree = beforeTree;
      this.handle = handle;
      this.path = path;
      this.before = before;
    }

    void add(Node child) {
      synchronized (children) {
        children.add(child);
      }
    }

    /// One thing less to wait for; the last one saves the folder.
    void done() {
      if (pending.decrementAndGet() > 0) {
        return;
      }
      handle.release();
      try {
        if (!root.isDone()) {
          finish();
        }
      } catch (RuntimeException | Error e) {
        root.completeExceptionally(e);
      } finally {
        if (above != null) {
          above.done();
        }
      }
    }

    private void finish() {
      BlobId tree = writer.saveTree(children);
      if (above == null || node == null) {
        root.complete(tree);
        return;
      }
      LongAdder counter = beforeTree == null ? foldersNew : foldersChanged;
      (tree.equals(beforeTree) ? foldersUnmodified : counter).increment();
      above.add(node.withSubtree(tree));
    }
  }
}
