package dev.backstay.catalog;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files of a catalog besides the database itself, all in one folder of its own.
///
/// - `lock`, `queue`: see [Turn]
/// - `open`: there while a process has the database open, so at the next opening it tells of an
///   unclean end
/// - `generation`: the number of the last transaction, written after it and not synced; a database
///   that is behind has lost something
/// - `shrunk`: the database file's size when it was last made as small as its content
/// - `repositories`: id and location of each, so that a lost database knows what to read again
/// - `rebuild`: why the restore points have to be read again
record CatalogFolder(Path path) {

  /// The file format may change with H2, and files are never opened across its versions.
  static final String H2_VERSION = "2.4.240";

  private static final int DAMAGED_KEPT = 3;
  private static final long SMALL = 8L << 20;

  void create() throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    Files.createDirectories(path);
    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /// The database's path as H2 wants it, without its extension.
  Path database() {
    return path.resolve("catalog-h2-" + H2_VERSION);
  }

  Path databaseFile() {
    return path.resolve("catalog-h2-" + H2_VERSION + ".mv.db");
  }

  Path lock() {
    return path.resolve("lock");
  }

  Path queue() {
    return path.resolve("queue");
  }

  boolean isMarkedOpen() {
    return Files.exists(marker());
  }

  void markOpen() throws IOException {
    write(marker(), "");
  }

  void markClosed() throws IOException {
    Files.deleteIfExists(marker());
  }

  private Path marker() {
    return path.resolve("open");
  }

  /// -1 if unknown.
  long generation() {
    return number("generation");
  }

  private long number(String name) {
    try {
      return Long.parseLong(Files.readString(path.resolve(name)).strip());
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }

  void generation(long value) throws IOException {
    // padded, so that a shorter number leaves no digits of a longer one
    Files.writeString(path.resolve("generation"), "%020d%n".formatted(value));
  }

  /// H2 appends 16 KiB for each transaction and reuses nothing for 45 seconds; closing the file
  /// with H2's own compaction would take half a second each time.
  boolean isBloated() throws IOException {
    long size = Files.size(databaseFile());
    return size > SMALL && size / 4 > number("shrunk");
  }

  void shrunk() throws IOException {
    Files.writeString(path.resolve("shrunk"), "%020d%n".formatted(Files.size(databaseFile())));
  }

  Optional<String> rebuildReason() throws IOException {
    Path file = path.resolve("rebuild");
    return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  void rebuildReason(String reason) throws IOException {
    write(path.resolve("rebuild"), reason + "\n");
  }

  void rebuilt() throws IOException {
    Files.deleteIfExists(path.resolve("rebuild"));
  }

  Map<String, String> repositories() {
    Map<String, String> found = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(path.resolve("repositories"))) {
        List<String> parts = List.of(line.split("\t", 2));
        if (parts.size() == 2) {
          found.put(parts.get(0), URLDecoder.decode(parts.get(1), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // absent or damaged: they are found again when they are next used
    }
    return found;
  }

  void repositories(Map<String, String> all) throws IOException {
    String text =
        all.entrySet().stream()
            .map(e -> e.getKey() + "\t" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("\n", "", "\n"));
    write(path.resolve("repositories"), text);
  }

  /// Renames the database file, so that somebody may look at it, and begins anew.
  void putAside(String reason, Instant now) throws IOException {
    Path file = databaseFile();
    if (Files.exists(file)) {
      String stamp = now.toString().replaceAll("[^0-9TZ]", "");
      Files.move(
          file,
          path.resolve(file.getFileName() + ".damaged-" + stamp),
          StandardCopyOption.REPLACE_EXISTING);
    }
    rebuildReason(reason);
    Files.deleteIfExists(path.resolve("generation"));
    dropOldest();
  }

  private void dropOldest() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      List<Path> old =
          files
              .filter(f -> f.toString().contains(".mv.db.damaged-"))
              .sorted(Comparator.reverseOrder())
              .skip(DAMAGED_KEPT)
              .toList();
      for (Path file : old) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Replaces a small file by another, whole, and on the disk when it returns.
  private static void write(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
