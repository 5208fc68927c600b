package dev.backstay.stores;

import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files of stores that were read before, as the stores have them: sealed. All repositories share
/// one bound; what was not used for longest goes first. Nothing here may fail a read: whatever does
/// not work is as if it were not there. Several processes may use one folder.
final class CacheFolder {

  private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Duration FRESH = Duration.ofHours(1);
  private static final String TEMPORARY = "-tmp-";

  private final Path root;
  private final Path own;
  private final long limit;
  private final InstantSource clock;
  private final AtomicLong bytes = new AtomicLong(-1);

  /// @param root shared by all repositories
  /// @param place names this repository's part of it
  /// @param limit bytes of all of them
  CacheFolder(Path root, String place, long limit, InstantSource clock) {
    this.root = root;
    this.own = root.resolve(place);
    this.limit = limit;
    this.clock = clock;
  }

  Path file(StoreKey key) {
    Path kind = own.resolve(key.kind().folder());
    return kind.resolve(key.name().substring(0, 2)).resolve(key.name());
  }

  boolean has(StoreKey key) {
    return Files.isRegularFile(file(key));
  }

  byte @Nullable [] read(StoreKey key) {
    Path file = file(key);
    try {
      byte[] content = Files.readAllBytes(file);
      touch(file);
      return content;
    } catch (IOException e) {
      return null;
    }
  }

  /// @return whether all of it could be read
  boolean read(StoreKey key, long offset, byte[] into, int from, int length) {
    Path file = file(key);
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer rest = ByteBuffer.wrap(into, from, length);
      long at = offset;
      while (rest.hasRemaining()) {
        int count = in.read(rest, at);
        if (count < 0) {
          return false;
        }
        at += count;
      }
      touch(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// The time of a file's last change is when it was used last, roughly.
  private void touch(Path file) throws IOException {
    Instant now = clock.instant();
    if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(FRESH))) {
      Files.setLastModifiedTime(file, FileTime.from(now));
    }
  }

  /// @return whether it was kept
  boolean write(StoreKey key, byte[] content, int from, int length) {
    if (length > limit / 4) {
      return false;
    }
    Path file = file(key);
    try {
      Path folder = file.getParent() == null ? own : file.getParent();
      makeFolder(folder);
      Path temporary = file.resolveSibling(key.name() + TEMPORARY + suffix());
      try (FileChannel out =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(content, from, length);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
      }
      Files.setLastModifiedTime(temporary, FileTime.from(clock.instant()));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      grew(length);
      return true;
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("nothing was kept of {}", key, e);
      return false;
    }
  }

  private static String suffix() {
    return Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
  }

  /// What is in it is sealed; who reads what, and when, is nobody's business either.
  private void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(root)) {
      Files.createDirectories(root);
      if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(root, FOLDER);
      }
    }
    Files.createDirectories(folder);
  }

  private void grew(long length) throws IOException {
    if (bytes.get() < 0) {
      bytes.compareAndSet(-1, all().stream().mapToLong(Kept::size).sum());
    } else {
      bytes.addAndGet(length);
    }
    if (bytes.get() > limit) {
      shrink();
    }
  }

  private record Kept(Path path, long size, FileTime used) {}

  private List<Kept> all() throws IOException {
    List<Kept> kept = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(root)) {
      paths.forEach(path -> look(path, kept));
    }
    return kept;
  }

  private static void look(Path path, List<Kept> kept) {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      if (file.isRegularFile()) {
        kept.add(new Kept(path, file.size(), file.lastModifiedTime()));
      }
    } catch (IOException e) {
      // Another process took it away.
      return;
    }
  }

  /// Down to four fifths, so that not every file costs another look around.
  private synchronized void shrink() throws IOException {
    List<Kept> kept = all();
    long left = kept.stream().mapToLong(Kept::size).sum();
    kept.sort(Comparator.comparing(Kept::used));
    for (Kept file : kept) {
      if (left <= limit / 5 * 4) {
        break;
      }
      Files.deleteIfExists(file.path());
      left -= file.size();
    }
    bytes.set(left);
  }

  void remove(StoreKey key) {
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      LOG.debug("{} stays in the cache", key, e);
    }
  }

  /// Drops what the store no longer has.
  void keepOnly(FileKind kind, Set<String> names) {
    Path folder = own.resolve(kind.folder());
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      paths
          .filter(Files::isRegularFile)
          .filter(path -> !names.contains(String.valueOf(path.getFileName())))
          .filter(path -> !path.toString().contains(TEMPORARY))
          .forEach(path -> remove(new StoreKey(kind, String.valueOf(path.getFileName()))));
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("what is gone from the store stays in the cache", e);
    }
  }
}
