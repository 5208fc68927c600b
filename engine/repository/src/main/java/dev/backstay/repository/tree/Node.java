package dev.backstay.repository.tree;

import dev.backstay.model.FileEntry;
import dev.backstay.model.FilePath;
import dev.backstay.repository.blob.BlobId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One name in a tree (restic `doc/design.rst`, "Trees and Data").
///
/// @param name one path component, raw bytes
/// @param type what it is
/// @param mode Go's `FileMode`: permission bits 0777, setuid 1<<23, setgid 1<<22, sticky 1<<20, and
///   the type's bits
/// @param modified mtime
/// @param accessed atime; equal to mtime unless somebody asked for it
/// @param changed ctime
/// @param uid owner
/// @param gid group
/// @param user owner's name or empty
/// @param group group's name or empty
/// @param inode 0 if unknown
/// @param deviceId the file system's number; only kept for files with several links
/// @param size bytes of a file, else 0
/// @param links hard links, 0 if unknown
/// @param linkTarget a symlink's target, raw bytes, else null
/// @param extendedAttributes in the order the file system gave
/// @param genericAttributes name to raw JSON value (Windows)
/// @param device `st_rdev` of a device
/// @param content blobs of a file in order; empty for others
/// @param subtree a folder's tree, else null
/// @param error what restic could not read, or empty
/// @param unknown what this version does not know, name to raw JSON value; of a node of an unknown
///   type that is among it, as `type`
public record Node(
    FilePath name,
    NodeType type,
    long mode,
    NodeTime modified,
    NodeTime accessed,
    NodeTime changed,
    long uid,
    long gid,
    String user,
    String group,
    long inode,
    long deviceId,
    long size,
    long links,
    @Nullable FilePath linkTarget,
    List<ExtendedAttribute> extendedAttributes,
    Map<String, String> genericAttributes,
    long device,
    List<BlobId> content,
    @Nullable BlobId subtree,
    String error,
    Map<String, String> unknown) {

  private static final long SETUID = 1L << 23;
  private static final long SETGID = 1L << 22;
  private static final long STICKY = 1L << 20;

  /// A node without content, as a volume's listing describes it; atime is set to mtime, as restic
  /// does.
  public static Node of(FileEntry entry) {
    NodeType type = type(entry.type());
    NodeTime modified = NodeTime.of(entry.modified());
    boolean file = type == NodeType.FILE;
    boolean special = type == NodeType.DEV || type == NodeType.CHARDEV;
    return new Node(
        FilePath.ofBytes(entry.path().name()),
        type,
        goMode(type, entry.mode()),
        modified,
        modified,
        NodeTime.of(entry.changed()),
        entry.uid(),
        entry.gid(),
        "",
        "",
        entry.inode(),
        0,
        file ? entry.size() : 0,
        entry.links(),
        entry.linkTarget(),
        List.of(),
        Map.of(),
        special ? entry.device() : 0,
        List.of(),
        null,
        "",
        Map.of());
  }

  /// A plain file made by us rather than found: mode 0644, owner 0, no times.
  public static Node file(String name, NodeTime modified) {
    return made(name, NodeType.FILE, 0644, modified);
  }

  /// A plain folder made by us rather than found: mode 0755, owner 0.
  public static Node folder(String name, NodeTime modified) {
    return made(name, NodeType.DIR, 0755, modified);
  }

  private static Node made(String name, NodeType type, int permissions, NodeTime modified) {
    return new Node(
        FilePath.of(name),
        type,
        goMode(type, permissions),
        modified,
        modified,
        modified,
        0,
        0,
        "",
        "",
        0,
        0,
        0,
        0,
        null,
        List.of(),
        Map.of(),
        0,
        List.of(),
        null,
        "",
        Map.of());
  }

  /// As a volume's listing would describe it.
  ///
  /// @param path where it stands, relative to the volume
  public FileEntry entry(FilePath path) {
    long length = linkTarget == null ? size : linkTarget.length();
    return new FileEntry(
        path,
        fileType(type),
        permissions(),
        uid,
        gid,
        length,
        modified.fileTime(),
        changed.fileTime(),
        inode,
        Math.max(1, links),
        device,
        linkTarget);
  }

  public boolean isFolder() {
    return type == NodeType.DIR;
  }

  public boolean isFile() {
    return type == NodeType.FILE;
  }

  /// The twelve permission bits as Unix has them (07777).
  public int permissions() {
    int bits = (int) (mode & 0777);
    bits |= (mode & SETUID) != 0 ? 04000 : 0;
    bits |= (mode & SETGID) != 0 ? 02000 : 0;
    return bits | ((mode & STICKY) != 0 ? 01000 : 0);
  }

  /// Go's `FileMode` for a type and the twelve permission bits.
  public static long goMode(NodeType type, int permissions) {
    long mode = type.modeBits() | (permissions & 0777);
    mode |= (permissions & 04000) != 0 ? SETUID : 0;
    mode |= (permissions & 02000) != 0 ? SETGID : 0;
    return mode | ((permissions & 01000) != 0 ? STICKY : 0);
  }

  public Node withName(FilePath other) {
    return copy(other, inode, deviceId, size, extendedAttributes, content, subtree);
  }

  /// @param bytes the size that the content really had
  public Node withContent(List<BlobId> blobs, long bytes) {
    return copy(name, inode, deviceId, bytes, extendedAttributes, List.copyOf(blobs), subtree);
  }

  public Node withSubtree(BlobId tree) {
    return copy(name, inode, deviceId, size, extendedAttributes, content, tree);
  }

  public Node withExtendedAttributes(List<ExtendedAttribute> attributes) {
    return copy(name, inode, deviceId, size, List.copyOf(attributes), content, subtree);
  }

  /// For files with several links, so that a restore can find which belong together.
  public Node withDeviceId(long id) {
    return copy(name, inode, id, size, extendedAttributes, content, subtree);
  }

  private Node copy(
      FilePath name,
      long inode,
      long deviceId,
      long size,
      List<ExtendedAttribute> extendedAttributes,
      List<BlobId> content,
      @Nullable BlobId subtree) {
    return new Node(
        name,
        type,
        mode,
        modified,
        accessed,
        changed,
        uid,
        gid,
        user,
        group,
        inode,
        deviceId,
        size,
        links,
        linkTarget,
        extendedAttributes,
        genericAttributes,
        device,
        content,
        subtree,
        error,
        unknown);
  }

  private static NodeType type(FileEntry.FileType type) {
    return switch (type) {
      case FILE -> NodeType.FILE;
      case FOLDER -> NodeType.DIR;
      case SYMLINK -> NodeType.SYMLINK;
      case BLOCK_DEVICE -> NodeType.DEV;
      case CHARACTER_DEVICE -> NodeType.CHARDEV;
      case FIFO -> NodeType.FIFO;
      case SOCKET -> NodeType.SOCKET;
      case OTHER -> NodeType.OTHER;
    };
  }

  private static FileEntry.FileType fileType(NodeType type) {
    return switch (type) {
      case FILE -> FileEntry.FileType.FILE;
      case DIR -> FileEntry.FileType.FOLDER;
      case SYMLINK -> FileEntry.FileType.SYMLINK;
      case DEV -> FileEntry.FileType.BLOCK_DEVICE;
      case CHARDEV -> FileEntry.FileType.CHARACTER_DEVICE;
      case FIFO -> FileEntry.FileType.FIFO;
      case SOCKET -> FileEntry.FileType.SOCKET;
      case OTHER -> FileEntry.FileType.OTHER;
    };
  }
}
