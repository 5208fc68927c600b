package dev.backstay.repository.local;

import dev.backstay.model.FilePath;
import dev.backstay.repository.local.Posix.Stat;
import dev.backstay.repository.tree.ExtendedAttribute;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import dev.backstay.repository.tree.NodeType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns what the file system says into nodes.
final class LocalNodes {

  private static final byte[] HERE = {'.'};

  private final Accounts accounts = new Accounts();

  /// Without content; null for a kind of file that no tree keeps (sockets are made by their
  /// servers).
  @Nullable Node node(int folder, byte[] name, Stat stat) throws PosixException {
    NodeType type = type(stat);
    if (type == null || type == NodeType.SOCKET) {
      return null;
    }
    FilePath target =
        type == NodeType.SYMLINK
            ? FilePath.ofBytes(Posix.readLink(folder, name, stat.size()))
            : null;
    return node(name, stat, type, target, attributes(Posix.path(folder, name)));
  }

  /// Of a file that is open, without content; null if it is none.
  @Nullable Node file(int folder, byte[] name, Stat stat, int fd) throws PosixException {
    return type(stat) == NodeType.FILE
        ? node(name, stat, NodeType.FILE, null, attributes(fd, folder, name))
        : null;
  }

  /// Of a file that is as it was in another snapshot, whoever wrote that: what is not looked at
  /// again is its content and its attributes.
  Node unchanged(Node before, Stat stat) {
    return node(before.name().bytes(), stat, NodeType.FILE, null, before.extendedAttributes())
        .withContent(before.content(), before.size());
  }

  /// Of a folder that is open.
  Node folder(byte[] name, Stat stat, int fd) throws PosixException {
    return node(name, stat, NodeType.DIR, null, attributes(fd, fd, HERE));
  }

  /// Most things have none, and asking what is open is cheaper than asking for a path.
  private static List<ExtendedAttribute> attributes(int fd, int folder, byte[] name)
      throws PosixException {
    return Posix.hasAttributes(fd) ? attributes(Posix.path(folder, name)) : List.of();
  }

  /// Of a folder that is open no more.
  Node folder(int parent, byte[] name, Stat stat) throws PosixException {
    return node(name, stat, NodeType.DIR, null, attributes(Posix.path(parent, name)));
  }

  private Node node(
      byte[] name,
      Stat stat,
      NodeType type,
      @Nullable FilePath target,
      List<ExtendedAttribute> attributes) {
    NodeTime modified = new NodeTime(stat.modified(), stat.modifiedNanos(), 0);
    boolean device = type == NodeType.DEV || type == NodeType.CHARDEV;
    // As restic does: it notes no links of a fifo, and where the file system's number is to stand
    // for
    // hard links only, it leaves that out where there is one link, which a fifo does not say.
    long links = type == NodeType.DIR || type == NodeType.FIFO ? 0 : stat.links();
    boolean somewhere = type != NodeType.DIR && links != 1;
    return new Node(
        FilePath.ofBytes(name),
        type,
        Node.goMode(type, stat.mode() & 07777),
        modified,
        modified,
        new NodeTime(stat.changed(), stat.changedNanos(), 0),
        stat.uid(),
        stat.gid(),
        accounts.user(stat.uid()),
        accounts.group(stat.gid()),
        stat.inode(),
        somewhere ? stat.fileSystem() : 0,
        type == NodeType.FILE ? stat.size() : 0,
        links,
        target,
        attributes,
        Map.of(),
        device ? stat.device() : 0,
        List.of(),
        null,
        "",
        Map.of());
  }

  static @Nullable NodeType type(Stat stat) {
    return switch (stat.mode() & 0170000) {
      case 0100000 -> NodeType.FILE;
      case 0040000 -> NodeType.DIR;
      case 0120000 -> NodeType.SYMLINK;
      case 0060000 -> NodeType.DEV;
      case 0020000 -> NodeType.CHARDEV;
      case 0010000 -> NodeType.FIFO;
      case 0140000 -> NodeType.SOCKET;
      default -> null;
    };
  }

  private static List<ExtendedAttribute> attributes(byte[] path) throws PosixException {
    List<byte[]> names = Posix.listAttributes(path);
    if (names.isEmpty()) {
      return List.of();
    }
    List<ExtendedAttribute> attributes = new ArrayList<>();
    for (byte[] name : names) {
      try {
        attributes.add(
            new ExtendedAttribute(
                new String(name, StandardCharsets.UTF_8), Posix.attribute(path, name)));
      } catch (PosixException e) {
        // Removed since it was listed, or of a kind that only its own subsystem reads.
        if (e.errno() != PosixException.ENODATA && e.errno() != PosixException.ENOTSUP) {
          throw e;
        }
      }
    }
    return List.copyOf(attributes);
  }
}
