package dev.backstay.sandbox.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;

/// Sets modes, owners and times; what the system refuses is kept beside the volume.
public final class Attributes {

  private Attributes() {}

  static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  static void copy(Path from, Path to) throws IOException {
    FileFacts facts = FileFacts.of(from);
    set(to, facts.permissions(), facts.uid(), facts.gid());
  }

  /// Owner first: a change of owner clears set-uid bits. A symlink has no mode of its own.
  public static void set(Path file, int permissions, long uid, long gid) throws IOException {
    SideAttributes side = SideAttributes.of(file);
    side.forget(file);
    FileFacts now = FileFacts.of(file);
    boolean link = now.type() == FileFacts.SYMLINK;
    boolean owned = now.uid() == uid && now.gid() == gid;
    boolean moded = link || now.permissions() == permissions;
    if (owned && moded) {
      return;
    }
    if (!posix(file)) {
      side.keep(file, permissions, uid, gid);
      return;
    }
    try {
      if (!owned) {
        Files.setAttribute(file, "unix:uid", (int) uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", (int) gid, LinkOption.NOFOLLOW_LINKS);
      }
      if (!link) {
        Files.setAttribute(file, "unix:mode", permissions, LinkOption.NOFOLLOW_LINKS);
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      side.keep(file, permissions, uid, gid);
    }
  }

  /// The time of last modification, of the file itself.
  public static void touch(Path file, FileTime time) throws IOException {
    BasicFileAttributeView view =
        Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    view.setTimes(time, null, null);
  }
}
