package dev.backstay.sandbox.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Modes and owners that this system does not let us set: kept in a file beside the folder of the
/// volume, `HANDLE.attributes`, a line for each file, of which the last one counts: `mode uid gid
/// path`.
final class SideAttributes {

  private static final Map<Path, SideAttributes> OPEN = new ConcurrentHashMap<>();

  private record Kept(int permissions, long uid, long gid) {}

  private final Path root;
  private final Map<String, Kept> kept = new TreeMap<>();

  private SideAttributes(Path root) {
    this.root = root;
    Path file = file(root);
    if (Files.exists(file)) {
      try {
        Files.readAllLines(file, StandardCharsets.UTF_8).forEach(this::read);
      } catch (IOException e) {
        kept.clear();
      }
    }
  }

  private void read(String line) {
    String[] part = line.split(" ", 4);
    if (part.length == 4) {
      int mode = Integer.parseInt(part[0], 8);
      kept.put(part[3], new Kept(mode, Long.parseLong(part[1]), Long.parseLong(part[2])));
    }
  }

  /// Those of the volume that a file is in.
  static SideAttributes of(Path file) {
    Path root = root(file);
    return OPEN.computeIfAbsent(root, SideAttributes::new);
  }

  /// The folder right below `volumes`.
  private static Path root(Path file) {
    Path at = file.toAbsolutePath();
    for (Path up = at; up != null && up.getParent() != null; up = up.getParent()) {
      Path parent = up.getParent().getFileName();
      if (parent != null && parent.toString().equals("volumes")) {
        return up;
      }
    }
    return at;
  }

  private static Path file(Path root) {
    return root.resolveSibling(root.getFileName() + ".attributes");
  }

  static void copy(Path from, Path to) throws IOException {
    if (Files.exists(file(from))) {
      Files.copy(file(from), file(to));
    }
    OPEN.remove(to.toAbsolutePath());
  }

  static void delete(Path root) throws IOException {
    OPEN.remove(root.toAbsolutePath());
    Files.deleteIfExists(file(root));
  }

  synchronized FileFacts over(Path file, FileFacts facts) {
    Optional<Kept> of = Optional.ofNullable(kept.isEmpty() ? null : kept.get(key(file)));
    return of.map(k ->
            new FileFacts(
                facts.type() | k.permissions(),
                k.uid(),
                k.gid(),
                facts.size(),
                facts.modified(),
                facts.changed(),
                facts.inode(),
                facts.links(),
                facts.device(),
                facts.rdev()))
        .orElse(facts);
  }

  synchronized void keep(Path file, int permissions, long uid, long gid) throws IOException {
    kept.put(key(file), new Kept(permissions, uid, gid));
    String line =
        Integer.toOctalString(permissions) + " " + uid + " " + gid + " " + key(file) + "\n";
    Files.writeString(file(root), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  synchronized void forget(Path file) {
    if (!kept.isEmpty()) {
      kept.remove(key(file));
    }
  }

  private String key(Path file) {
    return root.relativize(file.toAbsolutePath()).toString().replace('\\', '/').replace('\n', '?');
  }
}
