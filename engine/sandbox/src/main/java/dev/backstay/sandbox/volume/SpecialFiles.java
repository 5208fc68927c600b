package dev.backstay.sandbox.volume;

import java.io.IOException;
import java.nio.file.Path;

/// Pipes and devices, which Java cannot make: `mkfifo` and `mknod` do, where they exist.
public final class SpecialFiles {

  private SpecialFiles() {}

  static void copy(Path from, Path to) throws IOException {
    FileFacts facts = FileFacts.of(from);
    if (make(to, facts.type(), major(facts.rdev()), minor(facts.rdev()))) {
      Attributes.copy(from, to);
    }
  }

  /// @return false if it could not be made
  public static boolean make(Path path, int type, long major, long minor) throws IOException {
    return switch (type) {
      case FileFacts.PIPE -> run("mkfifo", path.toString());
      case FileFacts.CHARACTER_DEVICE ->
          run("mknod", path.toString(), "c", Long.toString(major), Long.toString(minor));
      case FileFacts.BLOCK_DEVICE ->
          run("mknod", path.toString(), "b", Long.toString(major), Long.toString(minor));
      default -> false;
    };
  }

  public static long major(long rdev) {
    return (rdev >> 8) & 0xfff;
  }

  public static long minor(long rdev) {
    return (rdev & 0xff) | ((rdev >> 12) & 0xfff00);
  }

  private static boolean run(String... command) throws IOException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
