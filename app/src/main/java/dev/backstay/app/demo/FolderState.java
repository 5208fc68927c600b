package dev.backstay.app.demo;

import dev.backstay.model.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a folder holds, for comparison: of each file its kind, mode, time to the second and
/// content; of a folder its mode; of a link its target.
///
/// @param entries by path relative to the folder
record FolderState(Map<String, String> entries) {

  static FolderState of(Path folder) {
    Map<String, String> entries = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(path -> !path.equals(folder))
          .forEach(path -> entries.put(folder.relativize(path).toString(), describe(path)));
    } catch (IOException | UncheckedIOException e) {
      throw new StorageException(
          "demo.folder", "the folder " + folder + " cannot be read: " + e.getMessage(), "", e);
    }
    return new FolderState(entries);
  }

  /// Regular files only, in their order.
  List<String> files() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().startsWith("file "))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// How the other one differs, one line each; none if they are the same.
  List<String> differences(FolderState other) {
    Stream<String> gone =
        entries.keySet().stream().filter(path -> !other.entries.containsKey(path));
    Stream<String> more =
        other.entries.keySet().stream().filter(path -> !entries.containsKey(path));
    Stream<String> changed =
        entries.entrySet().stream()
            .filter(entry -> other.entries.containsKey(entry.getKey()))
            .filter(entry -> !entry.getValue().equals(other.entries.get(entry.getKey())))
            .map(entry ->
                entry.getKey()
                    + " was "
                    + entry.getValue()
                    + ", is "
                    + other.entries.get(entry.getKey()));
    return Stream.of(gone.map(p -> p + " is missing"), more.map(p -> p + " is new"), changed)
        .flatMap(lines -> lines)
        .toList();
  }

  private static String describe(Path path) {
    try {
      if (Files.isSymbolicLink(path)) {
        return "link " + Files.readSymbolicLink(path);
      }
      String mode =
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        return "folder " + mode;
      }
      long time = Files.getLastModifiedTime(path).toInstant().getEpochSecond();
      return "file " + mode + " " + time + " " + Files.size(path) + " " + hash(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
