package dev.backstay.repository.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The cache of one repository on this machine. A file appears whole or not at all, and is not
/// synced: what a power cut leaves of it is found out by its checksum. Only the user can read it.
/// Safe for use by many threads and processes.
public final class CacheFolder {

  private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);
  private static final String TEMPORARY = ".tmp-";
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;

  private CacheFolder(Path folder) {
    this.folder = folder;
  }

  /// @param root of the caches of all repositories
  /// @param repository its id
  public static CacheFolder of(Path root, String repository) {
    return new CacheFolder(root.resolve(repository));
  }

  /// The same for a kind of its files.
  public CacheFolder below(String name) {
    return new CacheFolder(folder.resolve(name));
  }

  /// Where a file is or would be.
  public Path file(String name) {
    return folder.resolve(name);
  }

  /// Writes a file's content.
  @FunctionalInterface
  public interface Content {
    void write(FileChannel to) throws IOException;
  }

  /// @return whether it is there now; what went wrong is logged and costs speed only
  public boolean write(String name, Content content) {
    String suffix = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
    Path temporary = folder.resolve(name + TEMPORARY + suffix);
    try {
      create();
      try {
        try (FileChannel to =
            FileChannel.open(
                temporary,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
          protect(temporary, "rw-------");
          content.write(to);
        }
        Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        return true;
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.info("the cache file {} could not be written: {}", folder.resolve(name), e.toString());
      return false;
    }
  }

  private void create() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      protect(folder, "rwx------");
    }
    sweep();
  }

  /// Not every file system keeps permissions.
  private static void protect(Path path, String permissions) {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    } catch (IOException | UnsupportedOperationException e) {
      return;
    }
  }

  /// Removes what killed processes left.
  private void sweep() throws IOException {
    Instant before = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "*" + TEMPORARY + "*")) {
      for (Path path : old) {
        if (Files.getLastModifiedTime(path).toInstant().isBefore(before)) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  /// Removes a file that does not hold.
  public void discard(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      LOG.info("the cache file {} could not be removed: {}", folder.resolve(name), e.toString());
    }
  }
}
