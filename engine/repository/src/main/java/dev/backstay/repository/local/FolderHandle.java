package dev.backstay.repository.local;

import java.util.concurrent.atomic.AtomicInteger;

/// An open folder that is closed when the last of those who work in it is done.
final class FolderHandle {

  private static final byte[] HERE = {'.'};

  private final int fd;
  private final AtomicInteger users = new AtomicInteger(1);

  private FolderHandle(int fd) {
    this.fd = fd;
  }

  /// Opens a folder in a folder; a symbolic link is not followed.
  static FolderHandle open(int folder, byte[] name) throws PosixException {
    return new FolderHandle(
        Posix.open(folder, name, Posix.O_RDONLY | Posix.O_DIRECTORY | Posix.O_NOFOLLOW, 0));
  }

  /// Opens where the user pointed; links on the way there are the user's own.
  static FolderHandle openTop(byte[] path) throws PosixException {
    return new FolderHandle(
        Posix.open(Posix.AT_FDCWD, path, Posix.O_RDONLY | Posix.O_DIRECTORY, 0));
  }

  /// The same folder once more.
  FolderHandle again() throws PosixException {
    return new FolderHandle(Posix.open(fd, HERE, Posix.O_RDONLY | Posix.O_DIRECTORY, 0));
  }

  int fd() {
    return fd;
  }

  FolderHandle share() {
    users.incrementAndGet();
    return this;
  }

  void release() {
    if (users.decrementAndGet() == 0) {
      Posix.close(fd);
    }
  }
}
