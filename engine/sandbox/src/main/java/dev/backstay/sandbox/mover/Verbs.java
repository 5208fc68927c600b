package dev.backstay.sandbox.mover;

import dev.backstay.sandbox.volume.Attributes;
import dev.backstay.sandbox.volume.Names;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a mover's script does with each verb, see `src/docs/mover-protocol.md`.
final class Verbs {

  private static final List<String> TOOLS =
      List.of(
          "find",
          "stat",
          "tar",
          "xargs",
          "head",
          "tail",
          "tee",
          "mkfifo",
          "sha256sum",
          "httpd",
          "chown",
          "touch");

  private final Path root;
  private final InputStream in;
  private final OutputStream out;

  Verbs(Path root, InputStream in, OutputStream out) {
    this.root = root;
    this.in = in;
    this.out = out;
  }

  /// @return the exit status
  int run(String verb, List<String> arguments) throws IOException {
    switch (verb) {
      case "probe" -> probe();
      case "list" -> Listing.print(root, arguments.getFirst(), out);
      case "read" -> outgoing(this::read, names(arguments));
      case "tail" -> {
        long offset = Long.parseLong(arguments.get(1));
        outgoing((to, names) -> tail(to, names, offset), names(arguments));
      }
      case "write" -> incoming(arguments, this::unpack);
      case "links" -> incoming(arguments, this::links);
      case "remove" -> incoming(arguments, this::remove);
      default -> {
        return 127;
      }
    }
    return 0;
  }

  private interface Outgoing {
    boolean write(OutputStream to, List<byte[]> names) throws IOException;
  }

  private interface Incoming {
    boolean read(InputStream from) throws IOException;
  }

  private void probe() throws IOException {
    StringBuilder text = new StringBuilder();
    TOOLS.forEach(tool -> text.append("tool ").append(tool).append('\n'));
    text.append("uid 0\n");
    out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private void outgoing(Outgoing command, List<byte[]> names) throws IOException {
    MessageDigest digest = Trailer.digest();
    OutputStream hashed = new DigestOutputStream(new BufferedOutputStream(out, 32_768), digest);
    boolean fine = command.write(hashed, names);
    hashed.flush();
    Trailer.write(out, fine ? 0 : 1, digest);
  }

  private void incoming(List<String> arguments, Incoming command) throws IOException {
    MessageDigest digest = Trailer.digest();
    Limited limited = new Limited(in, Long.parseLong(arguments.getFirst()));
    DigestInputStream hashed = new DigestInputStream(limited, digest);
    boolean fine;
    try {
      fine = command.read(new BufferedInputStream(hashed, 65_536));
    } catch (EOFException e) {
      fine = false;
    }
    hashed.transferTo(OutputStream.nullOutputStream());
    Trailer.write(out, fine ? 0 : 1, digest);
  }

  private List<byte[]> names(List<String> arguments) throws IOException {
    return split(in.readNBytes(Integer.parseInt(arguments.getFirst())));
  }

  private static List<byte[]> split(byte[] names) {
    List<byte[]> result = new ArrayList<>();
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    for (byte b : names) {
      if (b == 0) {
        result.add(name.toByteArray());
        name.reset();
      } else {
        name.write(b);
      }
    }
    return result;
  }

  private boolean read(OutputStream to, List<byte[]> names) throws IOException {
    TarOut tar = new TarOut(to);
    boolean fine = true;
    for (byte[] name : names) {
      Path file = Names.resolve(root, name);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        tar.add(name, file);
      } else {
        fine = false;
      }
    }
    tar.finish();
    return fine;
  }

  private boolean tail(OutputStream to, List<byte[]> names, long offset) throws IOException {
    boolean fine = true;
    for (byte[] name : names) {
      Path file = Names.resolve(root, name);
      if (Files.isRegularFile(file)) {
        try (InputStream content = Files.newInputStream(file)) {
          content.skip(offset);
          content.transferTo(to);
        }
      } else {
        fine = false;
      }
    }
    return fine;
  }

  private boolean unpack(InputStream from) throws IOException {
    return new TarIn(from, root).unpack();
  }

  /// Owners and times of symlinks.
  private boolean links(InputStream from) throws IOException {
    List<byte[]> words = split(from.readAllBytes());
    boolean fine = true;
    for (int i = 0; i + 2 < words.size(); i += 3) {
      String[] owner = new String(words.get(i), StandardCharsets.US_ASCII).split(":");
      long seconds = Long.parseLong(new String(words.get(i + 1), StandardCharsets.US_ASCII));
      Path link = Names.resolve(root, words.get(i + 2));
      if (Files.isSymbolicLink(link)) {
        Attributes.set(link, 0777, Long.parseLong(owner[0]), Long.parseLong(owner[1]));
        Attributes.touch(link, FileTime.from(seconds, TimeUnit.SECONDS));
      } else {
        fine = false;
      }
    }
    return fine;
  }

  private boolean remove(InputStream from) throws IOException {
    for (byte[] name : split(from.readAllBytes())) {
      Path file = Names.resolve(root, name);
      if (!file.equals(root) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.walkFileTree(file, new Removal());
      }
    }
    return true;
  }

  private static final class Removal extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }

  /// The first bytes of a stream that does not end.
  private static final class Limited extends InputStream {
    private final InputStream from;
    private long left;

    Limited(InputStream from, long length) {
      this.from = from;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int count = from.read(into, at, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }
  }
}
