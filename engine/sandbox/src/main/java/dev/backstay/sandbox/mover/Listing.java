package dev.backstay.sandbox.mover;

import dev.backstay.sandbox.volume.FileFacts;
import dev.backstay.sandbox.volume.SpecialFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// The verb `list`: what busybox' `find` and `stat` print.
final class Listing extends SimpleFileVisitor<Path> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Path root;
  private final String nonce;
  private final OutputStream out;
  private int status;

  private Listing(Path root, String nonce, OutputStream out) {
    this.root = root;
    this.nonce = nonce;
    this.out = out;
  }

  static void print(Path root, String nonce, OutputStream to) throws IOException {
    OutputStream out = new BufferedOutputStream(to, 32_768);
    Listing listing = new Listing(root, nonce, out);
    Files.walkFileTree(root, listing);
    out.write(ascii(nonce + " END rc=" + listing.status + "\n"));
    out.flush();
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
      throws IOException {
    return print(folder);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    return print(file);
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException error) {
    status = 1;
    return FileVisitResult.CONTINUE;
  }

  private FileVisitResult print(Path file) throws IOException {
    FileFacts facts;
    byte[] target;
    try {
      facts = FileFacts.of(file);
      target = facts.type() == FileFacts.SYMLINK ? Links.target(file) : new byte[0];
    } catch (IOException e) {
      status = 1;
      return FileVisitResult.CONTINUE;
    }
    byte[] name = Links.relative(root, file);
    out.write(ascii(numbers(facts, target.length)));
    out.write(name);
    out.write(ascii(nonce));
    if (facts.type() == FileFacts.SYMLINK) {
      out.write(ascii("'"));
      out.write(name);
      out.write(ascii("' -> '"));
      out.write(target);
      out.write(ascii("'\n"));
    } else {
      out.write(name);
      out.write('\n');
    }
    return FileVisitResult.CONTINUE;
  }

  private String numbers(FileFacts facts, int targetLength) {
    long size = facts.type() == FileFacts.SYMLINK ? targetLength : facts.size();
    long blocks = (size + 511) / 512;
    return nonce
        + " "
        + Integer.toHexString(facts.mode())
        + " "
        + Integer.toOctalString(facts.permissions())
        + (" " + facts.uid() + " " + facts.gid() + " " + size)
        + time(facts.modified())
        + time(facts.changed())
        + (" " + facts.inode() + " " + facts.links())
        + (" " + Long.toHexString(SpecialFiles.major(facts.rdev())))
        + (" " + Long.toHexString(SpecialFiles.minor(facts.rdev())))
        + (" " + facts.device() + " " + blocks + " 512/");
  }

  private static String time(FileTime time) {
    long seconds = Math.floorDiv(time.to(TimeUnit.NANOSECONDS), 1_000_000_000L);
    return " " + seconds + " " + TIME.format(time.toInstant());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
