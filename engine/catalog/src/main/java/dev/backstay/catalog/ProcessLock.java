package dev.backstay.catalog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// An exclusive lock that one holder in one process has, and that the operating system drops when
/// the process ends, however it ends. The file's content means nothing and stays empty.
public final class ProcessLock implements AutoCloseable {

  // The system's file locks belong to the process, and closing any descriptor of a file drops all
  // of the process's locks on it. So a file is open once at most in a process, which no instance
  // can see to alone.
  private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private boolean closed;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Takes the lock if nobody has it, in this process or another.
  ///
  /// @throws IOException if the file cannot be made or the file system has no locks
  public static Optional<ProcessLock> tryAcquire(Path file) throws IOException {
    Path real = real(file);
    if (!OPEN_HERE.add(real)) {
      return Optional.empty();
    }
    ProcessLock lock = null;
    try {
      lock = open(real);
    } finally {
      if (lock == null) {
        OPEN_HERE.remove(real);
      }
    }
    return Optional.ofNullable(lock);
  }

  private static @Nullable ProcessLock open(Path real) throws IOException {
    FileChannel channel =
        FileChannel.open(real, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new ProcessLock(real, channel);
      }
    } catch (OverlappingFileLockException e) {
      // the same file by another name: held in this process
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return null;
  }

  private static Path real(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    Path name = absolute.getFileName();
    if (folder == null || name == null) {
      throw new IOException("not a file: " + file);
    }
    return folder.toRealPath().resolve(name);
  }

  /// Lets go. Never fails: a descriptor that cannot be closed is gone as well.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      // nothing was written through it
    } finally {
      OPEN_HERE.remove(file);
    }
  }
}
