package dev.backstay.repository.local;

import dev.backstay.model.FilePath;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.json.JsonWriter;
import dev.backstay.repository.local.Posix.Stat;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// All that a backup has to bring back of a folder, one line for each path below it; equal means
/// equal. Names are raw bytes. What no backup can bring back is left out: ctime, atime, inodes,
/// sockets.
final class FolderState {

  private static final HexFormat HEX = HexFormat.of();

  private final SortedMap<FilePath, String> lines = new TreeMap<>();
  private final Map<String, FilePath> inodes = new HashMap<>();
  private final Set<Loss> losses;

  private FolderState(Set<Loss> losses) {
    this.losses = losses;
  }

  /// What some programs do not bring back.
  enum Loss {
    /// Hard links of what is no file become several.
    LINKS_OF_SPECIALS,
    /// Targets of symbolic links are taken for text.
    BYTES_OF_TARGETS
  }

  static SortedMap<FilePath, String> of(Path root) throws Exception {
    return of(root, Set.of());
  }

  /// @param losses what does not count
  static SortedMap<FilePath, String> of(Path root, Set<Loss> losses) throws Exception {
    FolderState state = new FolderState(losses);
    FolderHandle top = FolderHandle.openTop(root.toString().getBytes(StandardCharsets.UTF_8));
    try {
      state.folder(top, FilePath.ROOT);
    } finally {
      top.release();
    }
    return state.lines;
  }

  private void folder(FolderHandle handle, FilePath path) throws Exception {
    List<FilePath> names =
        Posix.list(handle.fd()).stream().map(FilePath::ofBytes).sorted().toList();
    for (FilePath name : names) {
      Stat stat = Posix.stat(handle.fd(), name.bytes());
      if (stat.is(0140000)) {
        continue;
      }
      FilePath below = path.resolve(name.bytes());
      lines.put(below, line(handle, below, stat));
      if (stat.isFolder()) {
        FolderHandle child = FolderHandle.open(handle.fd(), name.bytes());
        try {
          folder(child, below);
        } finally {
          child.release();
        }
      }
    }
  }

  private String line(FolderHandle handle, FilePath path, Stat stat) throws Exception {
    byte[] name = path.name();
    String line =
        Integer.toOctalString(stat.mode())
            + (" " + stat.uid() + ":" + stat.gid())
            + (" " + stat.modified() + "." + stat.modifiedNanos())
            + attributes(Posix.path(handle.fd(), name))
            + link(path, stat);
    if (stat.is(0100000)) {
      return line + " " + stat.size() + " " + hash(handle, name);
    }
    if (stat.is(0120000)) {
      return line + " to " + quoted(target(Posix.readLink(handle.fd(), name, stat.size())));
    }
    return stat.is(0020000) || stat.is(0060000) ? line + " device " + stat.device() : line;
  }

  private byte[] target(byte[] raw) {
    if (!losses.contains(Loss.BYTES_OF_TARGETS)) {
      return raw;
    }
    byte[] json = new JsonWriter(raw.length).utf8(raw).toBytes();
    return new JsonReader(json, "the target").string().getBytes(StandardCharsets.UTF_8);
  }

  /// The first of the names that a file has.
  private String link(FilePath path, Stat stat) {
    boolean lost = losses.contains(Loss.LINKS_OF_SPECIALS) && !stat.is(0100000);
    // Of a fifo nobody notes them.
    if (stat.isFolder() || stat.is(0010000) || stat.links() == 1 || lost) {
      return "";
    }
    FilePath first = inodes.putIfAbsent(stat.fileSystem() + " " + stat.inode(), path);
    return first == null ? "" : " as " + quoted(first.bytes());
  }

  private static String attributes(byte[] path) throws Exception {
    Map<String, String> attributes = new TreeMap<>();
    for (byte[] name : Posix.listAttributes(path)) {
      attributes.put(quoted(name), HEX.formatHex(Posix.attribute(path, name)));
    }
    return attributes.isEmpty() ? "" : " " + attributes;
  }

  private static String hash(FolderHandle handle, byte[] name) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    int fd = Posix.open(handle.fd(), name, Posix.O_RDONLY | Posix.O_NOFOLLOW, 0);
    try (InputStream in = Files.newInputStream(Path.of("/proc/self/fd/" + fd))) {
      byte[] piece = new byte[64 << 10];
      for (int length = in.read(piece); length > 0; length = in.read(piece)) {
        digest.update(piece, 0, length);
      }
    } finally {
      Posix.close(fd);
    }
    return HEX.formatHex(digest.digest());
  }

  /// Printable, and other for other bytes.
  static String quoted(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      if (b > ' ' && b < 0x7f && b != '%') {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.toHexDigits(b));
      }
    }
    return text.toString();
  }

  /// What one has and the other has not, for people; empty if there is nothing.
  static String difference(Map<FilePath, String> expected, Map<FilePath, String> found) {
    SortedMap<FilePath, String> all = new TreeMap<>(expected);
    all.putAll(found);
    return all.keySet().stream()
        .filter(path -> !String.valueOf(expected.get(path)).equals(String.valueOf(found.get(path))))
        .limit(20)
        .map(path ->
            "%s\n  expected %s\n  found    %s\n"
                .formatted(quoted(path.bytes()), expected.get(path), found.get(path)))
        .collect(Collectors.joining());
  }
}
