package dev.backstay.sandbox.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Modes and owners, where the operating system has them.
final class Attributes {

  private Attributes() {}

  static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /// Owner first: a change of owner clears set-uid bits.
  static void copy(Path from, Path to) throws IOException {
    if (!posix(from)) {
      return;
    }
    for (String name : new String[] {"unix:uid", "unix:gid", "unix:mode"}) {
      Object value = Files.getAttribute(from, name, LinkOption.NOFOLLOW_LINKS);
      if (!value.equals(Files.getAttribute(to, name, LinkOption.NOFOLLOW_LINKS))) {
        Files.setAttribute(to, name, value, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }
}
