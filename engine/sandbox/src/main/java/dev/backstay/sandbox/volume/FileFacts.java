package dev.backstay.sandbox.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/// What `stat` says of a file.
///
/// @param mode type and permissions, as in `st_mode`
/// @param device where it is
/// @param rdev which one it is, if it is a device
public record FileFacts(
    int mode,
    long uid,
    long gid,
    long size,
    FileTime modified,
    FileTime changed,
    long inode,
    long links,
    long device,
    long rdev) {

  public static final int TYPE = 0170000;
  public static final int FOLDER = 0040000;
  public static final int FILE = 0100000;
  public static final int SYMLINK = 0120000;
  public static final int PIPE = 0010000;
  public static final int CHARACTER_DEVICE = 0020000;
  public static final int BLOCK_DEVICE = 0060000;

  public int type() {
    return mode & TYPE;
  }

  public int permissions() {
    return mode & 07777;
  }

  /// Of the file itself, not of what it links to.
  public static FileFacts of(Path file) throws IOException {
    FileFacts facts = Attributes.posix(file) ? unix(file) : basic(file);
    return SideAttributes.of(file).over(file, facts);
  }

  private static FileFacts unix(Path file) throws IOException {
    Map<String, Object> all = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
    return new FileFacts(
        number(all, "mode").intValue(),
        number(all, "uid").longValue(),
        number(all, "gid").longValue(),
        number(all, "size").longValue(),
        time(all, "lastModifiedTime"),
        time(all, "ctime"),
        number(all, "ino").longValue(),
        number(all, "nlink").longValue(),
        number(all, "dev").longValue(),
        number(all, "rdev").longValue());
  }

  private static Number number(Map<String, Object> all, String name) {
    return all.get(name) instanceof Number number ? number : 0;
  }

  private static FileTime time(Map<String, Object> all, String name) {
    return all.get(name) instanceof FileTime time ? time : FileTime.fromMillis(0);
  }

  private static FileFacts basic(Path file) throws IOException {
    BasicFileAttributes all =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    int mode =
        all.isDirectory() ? FOLDER | 0755 : all.isSymbolicLink() ? SYMLINK | 0777 : FILE | 0644;
    FileTime time = all.lastModifiedTime();
    long inode = file.toString().hashCode() & 0xffff_ffffL;
    return new FileFacts(mode, 0, 0, all.size(), time, time, inode, 1, 1, 0);
  }
}
