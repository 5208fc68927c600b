package dev.backstay.repository.store;

import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// A repository in a local or mounted folder.
///
/// A file is written under a temporary name beside its place, synced, made read-only and renamed,
/// and its folder is synced: after a crash it is there whole, or not at all. Temporary names end in
/// `-tmp-…` and are never listed.
public final class LocalStore implements ObjectStore {

  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> KEPT = PosixFilePermissions.fromString("r--------");
  private static final String TEMPORARY = "-tmp-";

  private final Path root;

  public LocalStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public StoreCapabilities capabilities() {
    return new StoreCapabilities(Files.isWritable(root.resolve(FileKind.LOCK.folder())), 2);
  }

  @Override
  public void create() {
    try {
      for (FileKind kind : FileKind.values()) {
        if (kind != FileKind.CONFIG && !kind.ours()) {
          createFolder(root.resolve(kind.folder()));
        }
      }
      HexFormat hex = HexFormat.of();
      for (int i = 0; i < 256; i++) {
        createFolder(root.resolve(FileKind.PACK.folder()).resolve(hex.toHexDigits((byte) i)));
      }
      sync(root);
    } catch (IOException e) {
      throw refused("make the repository", root, e);
    }
  }

  private static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      protect(folder, FOLDER);
    }
  }

  private Path path(StoreKey key) {
    return root.resolve(key.path());
  }

  @Override
  public void put(StoreKey key, byte[] bytes, int from, int length) {
    Path target = path(key);
    String suffix = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
    Path temporary = target.resolveSibling(target.getFileName() + TEMPORARY + suffix);
    try {
      if (Files.exists(target)) {
        throw taken(key);
      }
      try {
        write(temporary, bytes, from, length);
        appear(key, temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw refused("write", target, e);
    }
  }

  private static void write(Path temporary, byte[] bytes, int from, int length) throws IOException {
    try (FileChannel out = create(temporary)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes, from, length);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
    protect(temporary, KEPT);
  }

  private static FileChannel create(Path temporary) throws IOException {
    try {
      return open(temporary);
    } catch (NoSuchFileException e) {
      // A folder that somebody tidied away because it was empty.
      createFolder(parent(temporary));
      return open(temporary);
    }
  }

  private static FileChannel open(Path temporary) throws IOException {
    FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    protect(temporary, FILE);
    return channel;
  }

  private void appear(StoreKey key, Path temporary, Path target) throws IOException {
    if (key.kind().contested()) {
      // Two that init at once must not both win.
      try {
        Files.createLink(target, temporary);
      } catch (FileAlreadyExistsException e) {
        throw taken(key);
      } catch (UnsupportedOperationException | IOException e) {
        reserve(key, target);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      }
    } else {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      sync(parent(target));
    } catch (IOException e) {
      Files.deleteIfExists(target);
      throw e;
    }
  }

  /// Where there are no hard links. Not for the config: one that a crash leaves empty would be in
  /// the way of the next init.
  private static void reserve(StoreKey key, Path target) throws IOException {
    if (key.kind() != FileKind.CONFIG) {
      try {
        Files.createFile(target);
      } catch (FileAlreadyExistsException e) {
        throw taken(key);
      }
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static void sync(Path folder) throws IOException {
    if (windows()) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static boolean windows() {
    return java.io.File.separatorChar == '\\';
  }

  /// Not every file system keeps permissions; those that do not are none the worse for it.
  private static void protect(Path path, Set<PosixFilePermission> permissions) {
    try {
      Files.setPosixFilePermissions(path, permissions);
    } catch (IOException | UnsupportedOperationException e) {
      return;
    }
  }

  @Override
  public byte[] get(StoreKey key) {
    try {
      return Files.readAllBytes(path(key));
    } catch (IOException e) {
      throw refused("read", path(key), e);
    }
  }

  @Override
  public void read(StoreKey key, long offset, byte[] into, int from, int length) {
    try (FileChannel in = FileChannel.open(path(key), StandardOpenOption.READ)) {
      ByteBuffer rest = ByteBuffer.wrap(into, from, length);
      long at = offset;
      while (rest.hasRemaining()) {
        int read = in.read(rest, at);
        if (read < 0) {
          throw Damage.of("repository.file-short", key, "is shorter than it should be");
        }
        at += read;
      }
    } catch (IOException e) {
      throw refused("read", path(key), e);
    }
  }

  @Override
  public boolean exists(StoreKey key) {
    Path path = path(key);
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).isRegularFile();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return false;
    } catch (IOException e) {
      throw refused("look at", path, e);
    }
  }

  @Override
  public long size(StoreKey key) {
    try {
      return Files.size(path(key));
    } catch (IOException e) {
      throw refused("look at", path(key), e);
    }
  }

  @Override
  public List<StoredFile> list(FileKind kind) {
    List<StoredFile> files = new ArrayList<>();
    Path folder = root.resolve(kind.folder());
    if (kind.ours() && !Files.isDirectory(folder)) {
      return files;
    }
    if (kind == FileKind.PACK) {
      for (Path part : entries(folder)) {
        if (Files.isDirectory(part)) {
          collect(kind, part, files);
        }
      }
    } else {
      collect(kind, folder, files);
    }
    return files;
  }

  private void collect(FileKind kind, Path folder, List<StoredFile> files) {
    for (Path path : entries(folder)) {
      String name = path.getFileName().toString();
      if (isId(name)) {
        StoreKey key = new StoreKey(kind, name);
        try {
          files.add(new StoredFile(key, Files.size(path)));
        } catch (NoSuchFileException e) {
          // Deleted since it was listed: a lock, mostly.
        } catch (IOException e) {
          throw refused("look at", path, e);
        }
      }
    }
  }

  private static List<Path> entries(Path folder) {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(paths::add);
      return paths;
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      throw refused("list", folder, e instanceof IOException io ? io : new IOException(e));
    }
  }

  static boolean isId(String name) {
    return name.length() == 64
        && name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  @Override
  public void delete(StoreKey key) {
    Path path = path(key);
    try {
      Files.delete(path);
      sync(parent(path));
    } catch (IOException e) {
      throw refused("delete", path, e);
    }
  }

  @Override
  public void sweep(Instant now, Duration age) {
    for (StoredFolder folder : folders()) {
      for (Path path : entries(folder.path())) {
        sweep(path, now.minus(age));
      }
    }
  }

  private record StoredFolder(Path path) {}

  private List<StoredFolder> folders() {
    List<StoredFolder> folders = new ArrayList<>();
    for (FileKind kind : FileKind.values()) {
      Path folder = root.resolve(kind.folder());
      if (kind == FileKind.PACK) {
        entries(folder).stream()
            .filter(Files::isDirectory)
            .map(StoredFolder::new)
            .forEach(folders::add);
      } else if (kind != FileKind.CONFIG && (!kind.ours() || Files.isDirectory(folder))) {
        folders.add(new StoredFolder(folder));
      }
    }
    return folders;
  }

  private static void sweep(Path path, Instant before) {
    try {
      if (path.getFileName().toString().contains(TEMPORARY)
          && Files.getLastModifiedTime(path).toInstant().isBefore(before)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // It costs space only; the next sweep finds it again.
      return;
    }
  }

  @Override
  public void close() {}

  private static ConflictException taken(StoreKey key) {
    return new ConflictException(
        "store.exists", "the file " + key + " exists already in the repository", "");
  }

  /// Whether the folder of a path is a file, so that there is nothing in it.
  private static boolean inFile(Path path) {
    Path folder = path.getParent();
    return folder != null && Files.isRegularFile(folder);
  }

  private static EngineException refused(String what, Path path, IOException e) {
    String text = String.valueOf(e.getMessage());
    String lower = text.toLowerCase(Locale.ROOT);
    if (e instanceof NoSuchFileException || inFile(path)) {
      return new NotFoundException(
          "store.no-file",
          "the repository has no " + path,
          "make sure that the repository's folder is mounted and complete",
          e);
    }
    if (lower.contains("no space")
        || lower.contains("quota")
        || lower.contains("not enough space")) {
      return new StorageException(
          "store.full",
          "cannot " + what + " " + path + ": the disk is full" + left(path),
          "free space or move the repository; what was committed before is not affected",
          e);
    }
    if (e instanceof AccessDeniedException || lower.contains("read-only")) {
      return new StorageException(
          "store.read-only",
          "cannot " + what + " " + path + ": it is read-only for this user",
          "mount it writable or correct the permissions of the repository's folder",
          e);
    }
    String reason =
        e instanceof java.nio.file.FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException
                ? "something else of that name is in the way"
                : text;
    return new StorageException(
        "store.failed",
        "cannot " + what + " " + path + ": " + reason,
        "make sure that the disk or mount works, then try again",
        e);
  }

  private static String left(Path path) {
    try {
      FileStore store = Files.getFileStore(parent(path));
      return " (" + store.getUsableSpace() / (1 << 20) + " MiB left)";
    } catch (IOException e) {
      return "";
    }
  }
}
