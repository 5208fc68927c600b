package dev.backstay.repository.local;

import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.FilePath;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InternalException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.model.StorageException;
import dev.backstay.model.TimedOutException;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.model.UnreachableException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.local.Posix.Stat;
import dev.backstay.repository.local.RestoreOptions.ExistingFiles;
import dev.backstay.repository.tree.ExtendedAttribute;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import dev.backstay.repository.tree.NodeType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One restore: one thread makes folders, several fill files; then hard links, and the folders' own
/// modes and times last, from the deepest up.
final class RestoreRun implements AutoCloseable {

  private static final int QUEUED = 512;
  private static final byte[] HERE = {};

  private final OpenRepository repository;
  private final Path target;
  private final RestoreOptions options;
  private final CancelToken cancel;
  private final Meter meter;
  private final NativeBuffers buffers = new NativeBuffers();
  private final ExecutorService writers;
  private final Semaphore queued = new Semaphore(QUEUED);
  private final List<ItemFailure> failures = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<@Nullable EngineException> fatal = new AtomicReference<>();
  private final AtomicLong temporary = new AtomicLong();

  private final LongAdder restored = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder skipped = new LongAdder();

  private final Map<LinkKey, FilePath> firstLinks = new HashMap<>();
  private final List<Later> links = new ArrayList<>();
  private final List<Later> folders = new ArrayList<>();

  private record LinkKey(long inode, long device) {}

  private record Later(FilePath path, Node node) {}

  RestoreRun(
      OpenRepository repository,
      Path target,
      RestoreOptions options,
      CancelToken cancel,
      Meter meter) {
    this.repository = repository;
    this.target = target;
    this.options = options;
    this.cancel = cancel;
    this.meter = meter;
    writers =
        Executors.newFixedThreadPool(
            repository.readers(), Thread.ofPlatform().daemon().name("restore-", 0).factory());
  }

  RestoreReport restore(Node node) {
    FolderHandle top;
    try {
      top = FolderHandle.openTop(target.toString().getBytes(StandardCharsets.UTF_8));
    } catch (PosixException e) {
      throw new StorageException(
          "local.target",
          "cannot open the folder " + target + ": " + e.getMessage(),
          "name a folder that you may write to");
    }
    try {
      try {
        if (node.isFolder()) {
          content(top, FilePath.ROOT, node);
        } else {
          item(top, FilePath.ROOT, node);
        }
      } finally {
        awaitFiles();
      }
      throwFatal();
      links.forEach(later -> link(top, later));
      folders.reversed().forEach(later -> finishFolder(top, later));
    } finally {
      top.release();
    }
    throwFatal();
    return new RestoreReport(restored.sum(), bytes.sum(), skipped.sum(), List.copyOf(failures));
  }

  /// What concerns one item leaves the others alone. A store that is away, or lets nobody in any
  /// more, ends it all: each further item would wait as long.
  private void fail(FilePath path, EngineException e) {
    switch (e) {
      case UnreachableException _,
          UnauthenticatedException _,
          TimedOutException _,
          ForbiddenException _,
          CancelledException _ ->
          fatal.compareAndSet(null, e);
      default -> failures.add(ItemFailure.of(target + "/" + path, e));
    }
  }

  private void awaitFiles() {
    queued.acquireUninterruptibly(QUEUED);
    queued.release(QUEUED);
  }

  private void throwFatal() {
    EngineException error = fatal.get();
    if (error != null) {
      throw error;
    }
  }

  private void content(FolderHandle folder, FilePath path, Node node) {
    BlobId subtree = node.subtree();
    if (subtree == null) {
      return;
    }
    List<Node> children;
    try {
      children = repository.tree(subtree);
    } catch (EngineException e) {
      fail(path, e);
      return;
    }
    for (Node child : children) {
      cancel.checkpoint();
      throwFatal();
      item(folder, path, child);
    }
  }

  private void item(FolderHandle into, FilePath parent, Node node) {
    FilePath path = parent.resolve(node.name().bytes());
    boolean folder = node.type() == NodeType.DIR;
    if (folder ? !options.scope().leadsTo(path) : !options.scope().covers(path)) {
      return;
    }
    try {
      switch (node.type()) {
        case DIR -> folder(into, path, node);
        case FILE -> file(into, path, node);
        case SYMLINK, DEV, CHARDEV, FIFO -> special(into, path, node);
        case SOCKET -> skipped.increment();
        case OTHER -> failures.add(unknown(path));
      }
    } catch (PosixException e) {
      fail(path, e);
    }
  }

  private ItemFailure unknown(FilePath path) {
    return new ItemFailure(
        target + "/" + path,
        "local.unknown-type",
        "is of a type that this version does not know, and was not restored",
        "restore it with a newer version");
  }

  private void folder(FolderHandle parent, FilePath path, Node node) throws PosixException {
    byte[] name = path.name();
    try {
      Posix.makeFolder(parent.fd(), name, 0700);
    } catch (PosixException e) {
      if (e.errno() != PosixException.EEXIST) {
        throw e;
      }
      Stat there = Posix.stat(parent.fd(), name);
      if (!there.isFolder()) {
        if (!giveWay(parent, path, node, there)) {
          return;
        }
        Posix.makeFolder(parent.fd(), name, 0700);
      }
    }
    FolderHandle handle = FolderHandle.open(parent.fd(), name);
    folders.add(new Later(path, node));
    try {
      content(handle, path, node);
    } finally {
      handle.release();
    }
  }

  /// Removes what stands in the way, if that is wanted.
  ///
  /// @return whether the name is free
  private boolean giveWay(FolderHandle parent, FilePath path, Node node, Stat there)
      throws PosixException {
    if (keepsBoth()) {
      failures.add(exists(path));
      return false;
    }
    if (stays(path, node, there)) {
      return false;
    }
    Posix.remove(parent.fd(), path.name(), there.isFolder());
    return true;
  }

  /// Whether what is there is to stay instead. Then that is noted.
  private boolean stays(FilePath path, Node node, Stat there) {
    boolean stays =
        switch (options.existing()) {
          case OVERWRITE, IF_CHANGED, KEEP_BOTH -> false;
          case IF_NEWER -> !newer(node, there);
          case SKIP, FAIL -> true;
        };
    if (stays && options.existing() == ExistingFiles.FAIL) {
      failures.add(exists(path));
    } else if (stays) {
      skipped.increment();
    }
    return stays;
  }

  private static boolean newer(Node node, Stat there) {
    NodeTime modified = node.modified();
    return modified.seconds() == there.modified()
        ? modified.nanos() > there.modifiedNanos()
        : modified.seconds() > there.modified();
  }

  private ItemFailure exists(FilePath path) {
    return new ItemFailure(
        target + "/" + path,
        "local.exists",
        "exists already and was left as it is",
        "restore into an empty folder, or overwrite what exists");
  }

  /// @return null if nothing is there
  private static @Nullable Stat look(FolderHandle parent, byte[] name) throws PosixException {
    try {
      return Posix.stat(parent.fd(), name);
    } catch (PosixException e) {
      if (e.errno() == PosixException.ENOENT) {
        return null;
      }
      throw e;
    }
  }

  private void special(FolderHandle parent, FilePath path, Node node) throws PosixException {
    Stat there = look(parent, path.name());
    boolean beside = there != null && keepsBoth();
    if (there != null && !beside && !giveWay(parent, path, node, there)) {
      return;
    }
    if (!beside && laterAsLink(path, node)) {
      return;
    }
    byte[] name = beside ? freeName(parent, path.name()) : path.name();
    FilePath link = node.linkTarget();
    if (node.type() == NodeType.SYMLINK) {
      Posix.makeLink(link == null ? HERE : link.bytes(), parent.fd(), name);
    } else {
      Posix.makeNode(parent.fd(), name, kind(node.type()) | 0600, node.device());
    }
    describe(parent.fd(), name, -1, path, node);
    restored.increment();
    meter.add(1, 0);
  }

  private static int kind(NodeType type) {
    return switch (type) {
      case DEV -> 0060000;
      case CHARDEV -> 0020000;
      case FIFO -> 0010000;
      case FILE -> 0100000;
      case DIR -> 0040000;
      case SYMLINK -> 0120000;
      case SOCKET -> 0140000;
      case OTHER -> 0;
    };
  }

  /// The second and further names of one file are linked when the first one is complete.
  private boolean laterAsLink(FilePath path, Node node) {
    if (node.links() < 2 || node.inode() == 0) {
      return false;
    }
    FilePath first = firstLinks.putIfAbsent(new LinkKey(node.inode(), node.deviceId()), path);
    if (first == null) {
      return false;
    }
    links.add(new Later(path, node));
    return true;
  }

  private void file(FolderHandle parent, FilePath path, Node node) throws PosixException {
    // Links ask here, because a name that stays must not be the one that others are linked to.
    Stat there = node.links() > 1 ? look(parent, path.name()) : null;
    boolean beside = there != null && keepsBoth();
    if (there != null && stays(path, node, there)) {
      return;
    }
    if (!beside && laterAsLink(path, node)) {
      return;
    }
    FolderHandle shared = parent.share();
    queued.acquireUninterruptibly();
    writers.execute(() -> fill(shared, path, node));
  }

  private boolean keepsBoth() {
    return options.existing() == ExistingFiles.KEEP_BOTH;
  }

  /// @return false if it differs by what the file system says of it, or is not ours to open
  private boolean describeUnchanged(FolderHandle parent, FilePath path, Node node)
      throws PosixException {
    int fd;
    try {
      int flags = Posix.O_RDONLY | Posix.O_NOFOLLOW | Posix.O_NONBLOCK;
      fd = Posix.open(parent.fd(), path.name(), flags, 0);
    } catch (PosixException e) {
      return false;
    }
    try {
      Stat there = Posix.stat(fd);
      boolean same =
          there.is(0100000)
              && there.size() == node.size()
              && there.modified() == node.modified().seconds()
              && there.modifiedNanos() == node.modified().nanos();
      if (same) {
        describe(parent.fd(), path.name(), fd, path, node);
      }
      return same;
    } finally {
      Posix.close(fd);
    }
  }

  private void fill(FolderHandle parent, FilePath path, Node node) {
    try {
      if (fatal.get() == null && !cancel.isCancelled() && write(parent, path, node)) {
        restored.increment();
        meter.add(1, 0);
      }
    } catch (PosixException e) {
      fail(path, e);
    } catch (EngineException e) {
      fail(path, e);
    } catch (RuntimeException | Error e) {
      fatal.compareAndSet(
          null, new InternalException("local.restore", "restoring failed: " + e, "", e));
    } finally {
      parent.release();
      queued.release();
    }
  }

  /// A file that exists is replaced only when the new one is complete, or, if it is large and much
  /// of it may be right, [brought up to date][ExistingFile]; a new one that fails leaves nothing.
  ///
  /// @return false if what is there stays
  private boolean write(FolderHandle parent, FilePath path, Node node) throws PosixException {
    // Most names are free, so nobody asks before.
    int fd = create(parent, path.name());
    if (fd >= 0) {
      content(parent, path, node, path.name(), fd, false);
      return true;
    }
    Stat there = look(parent, path.name());
    if (there != null && stays(path, node, there)) {
      return false;
    }
    if (options.existing() == ExistingFiles.IF_CHANGED && describeUnchanged(parent, path, node)) {
      skipped.increment();
      meter.add(0, node.size());
      return false;
    }
    if (keepsBoth()) {
      write(parent, path, node, freeName(parent, path.name()), false);
      return true;
    }
    if (update(parent, path, node)) {
      return true;
    }
    write(parent, path, node, temporaryName(), true);
    return true;
  }

  private void write(FolderHandle parent, FilePath path, Node node, byte[] name, boolean replacing)
      throws PosixException {
    int fd = create(parent, name);
    if (fd < 0) {
      throw new PosixException("open", PosixException.EEXIST);
    }
    content(parent, path, node, name, fd, replacing);
  }

  /// @return false if what is there had better be replaced
  private boolean update(FolderHandle parent, FilePath path, Node node) throws PosixException {
    try (ExistingFile there = ExistingFile.open(parent, path.name(), node, buffers)) {
      if (there == null) {
        return false;
      }
      bytes.add(there.update(repository, node, cancel, meter));
      describe(parent.fd(), path.name(), there.fd(), path, node);
      return true;
    } catch (EngineException e) {
      if (e.getCause() instanceof PosixException cause) {
        throw cause;
      }
      throw e;
    } catch (PosixException e) {
      throw e;
    } catch (IOException e) {
      throw unforeseen(e);
    }
  }

  private static InternalException unforeseen(IOException e) {
    return new InternalException("local.restore", "writing failed: " + e.getMessage(), "", e);
  }

  /// @return a descriptor, or -1 if the name is taken
  private static int create(FolderHandle parent, byte[] name) throws PosixException {
    int flags = Posix.O_WRONLY | Posix.O_CREAT | Posix.O_EXCL | Posix.O_NOFOLLOW;
    try {
      return Posix.open(parent.fd(), name, flags, 0600);
    } catch (PosixException e) {
      if (e.errno() == PosixException.EEXIST) {
        return -1;
      }
      throw e;
    }
  }

  private void content(
      FolderHandle parent, FilePath path, Node node, byte[] name, int fd, boolean replacing)
      throws PosixException {
    boolean complete = false;
    try (DescriptorOutput out = new DescriptorOutput(fd, buffers, options.sparse())) {
      repository.read(node, 0, Long.MAX_VALUE, new Metered(out, meter), cancel);
      out.finish();
      bytes.add(out.position());
      describe(parent.fd(), name, fd, path, node);
      if (replacing) {
        replace(parent, name, path.name());
      }
      complete = true;
    } catch (EngineException e) {
      if (e.getCause() instanceof PosixException cause) {
        throw cause;
      }
      throw e;
    } catch (PosixException e) {
      throw e;
    } catch (IOException e) {
      throw unforeseen(e);
    } finally {
      Posix.close(fd);
      if (!complete) {
        Posix.remove(parent.fd(), name, false);
      }
    }
  }

  private byte[] temporaryName() {
    long pid = ProcessHandle.current().pid();
    String name = ".backstay-" + pid + "-" + temporary.incrementAndGet();
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /// `letter (2).txt` for `letter.txt`, or the next number that is free. Somebody who takes it in
  /// between is not overwritten: files are made anew or not at all.
  private static byte[] freeName(FolderHandle parent, byte[] name) throws PosixException {
    int dot = lastDot(name);
    for (int number = 2; ; number++) {
      ByteArrayOutputStream other = new ByteArrayOutputStream(name.length + 8);
      other.write(name, 0, dot);
      other.writeBytes((" (" + number + ")").getBytes(StandardCharsets.US_ASCII));
      other.write(name, dot, name.length - dot);
      if (look(parent, other.toByteArray()) == null) {
        return other.toByteArray();
      }
    }
  }

  /// Where the ending begins; the length without one.
  private static int lastDot(byte[] name) {
    for (int i = name.length - 1; i > 0; i--) {
      if (name[i] == '.') {
        return i;
      }
    }
    return name.length;
  }

  private static void replace(FolderHandle parent, byte[] from, byte[] to) throws PosixException {
    if (Posix.stat(parent.fd(), to).isFolder()) {
      Posix.remove(parent.fd(), to, true);
    }
    Posix.rename(parent.fd(), from, to);
  }

  private void link(FolderHandle top, Later later) {
    FilePath first = firstLinks.get(new LinkKey(later.node().inode(), later.node().deviceId()));
    if (first == null) {
      return;
    }
    try {
      FolderHandle from = open(top, first.parent());
      try {
        FolderHandle to = open(top, later.path().parent());
        try {
          if (look(to, later.path().name()) != null) {
            Posix.remove(to.fd(), later.path().name(), false);
          }
          Posix.link(from.fd(), first.name(), to.fd(), later.path().name());
          restored.increment();
          meter.add(1, 0);
        } finally {
          to.release();
        }
      } finally {
        from.release();
      }
    } catch (PosixException e) {
      fail(later.path(), e);
    }
  }

  /// Opens folder after folder; a link in the way is refused.
  private static FolderHandle open(FolderHandle top, FilePath path) throws PosixException {
    FolderHandle at = top.again();
    for (byte[] component : path.components()) {
      FolderHandle next;
      try {
        next = FolderHandle.open(at.fd(), component);
      } finally {
        at.release();
      }
      at = next;
    }
    return at;
  }

  private void finishFolder(FolderHandle top, Later later) {
    try {
      FolderHandle parent = open(top, later.path().parent());
      try {
        FolderHandle handle = FolderHandle.open(parent.fd(), later.path().name());
        try {
          describe(parent.fd(), later.path().name(), handle.fd(), later.path(), later.node());
          restored.increment();
          meter.add(1, 0);
        } finally {
          handle.release();
        }
      } finally {
        parent.release();
      }
    } catch (PosixException e) {
      fail(later.path(), e);
    }
  }

  /// Owner, attributes, mode, times: in this order, because each step may undo a later one.
  ///
  /// @param fd what is open, or -1
  private void describe(int folder, byte[] name, int fd, FilePath path, Node node)
      throws PosixException {
    if (options.owners()) {
      attempt(path, () -> Posix.changeOwner(folder, name, node.uid(), node.gid()));
    }
    byte[] full = Posix.path(folder, name);
    for (ExtendedAttribute attribute : node.extendedAttributes()) {
      byte[] key = attribute.name().getBytes(StandardCharsets.UTF_8);
      attempt(path, () -> Posix.changeAttribute(full, key, attribute.value()));
    }
    if (fd >= 0) {
      Posix.changeMode(fd, node.permissions());
    } else if (node.type() != NodeType.SYMLINK) {
      Posix.changeMode(folder, name, node.permissions());
    }
    Posix.changeTimes(
        folder,
        name,
        node.accessed().seconds(),
        node.accessed().nanos(),
        node.modified().seconds(),
        node.modified().nanos());
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws PosixException;
  }

  /// What could not be set is said; the file itself stays.
  private void attempt(FilePath path, Attempt attempt) {
    try {
      attempt.run();
    } catch (PosixException e) {
      failures.add(
          new ItemFailure(
              target + "/" + path,
              "local.metadata",
              "was restored without all of its metadata: " + e.getMessage(),
              "restore as root to a file system that supports it"));
    }
  }

  private void fail(FilePath path, PosixException e) {
    if (e.full()) {
      fatal.compareAndSet(
          null,
          new StorageException(
              "local.full",
              "the disk of " + target + " is full; the restore is incomplete",
              "free space and restore again",
              e));
      return;
    }
    failures.add(
        new ItemFailure(
            target + "/" + path,
            "local.unwritable",
            "could not be restored: " + e.getMessage(),
            "restore into an empty folder that you may write to"));
  }

  @Override
  public void close() {
    writers.close();
    buffers.close();
  }
}
