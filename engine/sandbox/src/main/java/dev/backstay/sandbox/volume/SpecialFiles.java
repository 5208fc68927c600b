package dev.backstay.sandbox.volume;

import java.io.IOException;
import java.nio.file.Path;

/// Pipes, sockets and devices, which Java cannot make: `mkfifo` and `mknod` do, where they exist.
final class SpecialFiles {

  private static final int TYPE = 0170000;
  private static final int PIPE = 0010000;

  private SpecialFiles() {}

  static void copy(Path from, Path to) throws IOException {
    if (!Attributes.posix(from)) {
      return;
    }
    int mode = (Integer) java.nio.file.Files.getAttribute(from, "unix:mode", java.nio.file.LinkOption.NOFOLLOW_LINKS);
    if ((mode & TYPE) == PIPE && makePipe(to)) {
      Attributes.copy(from, to);
    }
  }

  static boolean makePipe(Path path) throws IOException {
    Process process = new ProcessBuilder("mkfifo", path.toString()).start();
    try {
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
