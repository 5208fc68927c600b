package dev.backstay.sandbox.volume;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Copies a folder with owners, modes, times, links and hard links, as far as this system lets it;
/// files may vanish meanwhile.
final class TreeCopy extends SimpleFileVisitor<Path> {

  private final Path from;
  private final Path to;
  private final Map<Object, Path> hardLinks = new HashMap<>();

  private TreeCopy(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(from, new TreeCopy(from, to));
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(folder, new Deletion());
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    Path target = target(folder);
    if (!Files.isDirectory(target)) {
      Files.createDirectories(target);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Path target = target(file);
    if (attributes.isOther()) {
      SpecialFiles.copy(file, target);
      return FileVisitResult.CONTINUE;
    }
    Object key = attributes.fileKey();
    Path linked = key == null || attributes.isSymbolicLink() ? null : hardLinks.get(key);
    if (linked != null) {
      Files.createLink(target, linked);
      return FileVisitResult.CONTINUE;
    }
    Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
    Attributes.copy(file, target);
    Attributes.touch(target, attributes.lastModifiedTime());
    if (attributes.isRegularFile() && key != null) {
      hardLinks.put(key, target);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException error) {
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error)
      throws IOException {
    FileTime time = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS);
    Attributes.copy(folder, target(folder));
    Attributes.touch(target(folder), time);
    return FileVisitResult.CONTINUE;
  }

  private Path target(Path path) {
    return to.resolve(from.relativize(path).toString());
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
