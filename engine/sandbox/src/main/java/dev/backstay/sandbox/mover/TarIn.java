package dev.backstay.sandbox.mover;

import dev.backstay.sandbox.volume.Attributes;
import dev.backstay.sandbox.volume.FileFacts;
import dev.backstay.sandbox.volume.Names;
import dev.backstay.sandbox.volume.SpecialFiles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// Unpacks a tar archive in GNU format into a folder, and never outside of it.
final class TarIn {

  private final InputStream in;
  private final Path root;
  private boolean complete = true;

  /// The fields that have a fixed place.
  ///
  /// @param size of what follows
  private record Header(
      int mode, long uid, long gid, long size, long time, char type, long major, long minor) {}

  TarIn(InputStream in, Path root) {
    this.in = in;
    this.root = root;
  }

  /// @return whether everything could be written
  boolean unpack() throws IOException {
    byte[] longName = null;
    byte[] longLink = null;
    for (byte[] block = block(); block != null && !isEmpty(block); block = block()) {
      Header header = header(block);
      if (header.type() == 'L' || header.type() == 'K') {
        byte[] text = in.readNBytes((int) header.size());
        skip(padding(header.size()));
        byte[] name = Arrays.copyOf(text, Math.max(0, text.length - 1));
        longName = header.type() == 'L' ? name : longName;
        longLink = header.type() == 'K' ? name : longLink;
      } else {
        take(
            longName == null ? text(block, 0, 100) : longName,
            longLink == null ? text(block, 157, 100) : longLink,
            header);
        longName = null;
        longLink = null;
      }
    }
    return complete;
  }

  private byte @org.jspecify.annotations.Nullable [] block() throws IOException {
    byte[] block = in.readNBytes(TarOut.BLOCK);
    return block.length < TarOut.BLOCK ? null : block;
  }

  private void take(byte[] name, byte[] link, Header header) throws IOException {
    long size = header.type() == '0' ? header.size() : 0;
    long before = size + padding(size);
    CountedInput content = new CountedInput(in, size);
    try {
      Path file = Names.resolve(root, name);
      if (isBelowLink(file)) {
        throw new IOException("a folder of the path is a symlink");
      }
      write(file, link, header, content);
    } catch (EOFException e) {
      throw e;
    } catch (IOException | InvalidPathException e) {
      complete = false;
    }
    skip(before - content.taken());
  }

  private boolean isBelowLink(Path file) {
    Path parent = file.getParent();
    while (parent != null && !parent.equals(root) && parent.startsWith(root)) {
      if (Files.isSymbolicLink(parent)) {
        return true;
      }
      parent = parent.getParent();
    }
    return false;
  }

  private void write(Path file, byte[] link, Header header, InputStream content)
      throws IOException {
    Path parent = file.getParent();
    if (!file.equals(root) && parent != null) {
      Files.createDirectories(parent);
    }
    boolean folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    if (header.type() == '5') {
      if (!folder) {
        Files.deleteIfExists(file);
        Files.createDirectory(file);
      }
    } else {
      Files.deleteIfExists(file);
      create(file, link, header, content);
    }
    if (header.type() != '1' && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Attributes.set(file, header.mode() & 07777, header.uid(), header.gid());
      if (header.type() != '2') {
        Attributes.touch(file, FileTime.from(header.time(), TimeUnit.SECONDS));
      }
    }
  }

  private void create(Path file, byte[] link, Header header, InputStream content)
      throws IOException {
    switch (header.type()) {
      case '1' -> Files.createLink(file, Names.resolve(root, link));
      case '2' ->
          Files.createSymbolicLink(
              file, file.getFileSystem().getPath(new String(link, StandardCharsets.UTF_8)));
      case '3' -> special(file, FileFacts.CHARACTER_DEVICE, header);
      case '4' -> special(file, FileFacts.BLOCK_DEVICE, header);
      case '6' -> special(file, FileFacts.PIPE, header);
      default -> {
        try (OutputStream out = Files.newOutputStream(file)) {
          content.transferTo(out);
        }
      }
    }
  }

  private void special(Path file, int type, Header header) throws IOException {
    complete &= SpecialFiles.make(file, type, header.major(), header.minor());
  }

  private static Header header(byte[] block) {
    char type = (char) block[156];
    return new Header(
        (int) number(block, 100, 8),
        number(block, 108, 8),
        number(block, 116, 8),
        number(block, 124, 12),
        number(block, 136, 12),
        type == '\0' ? '0' : type,
        number(block, 329, 8),
        number(block, 337, 8));
  }

  private static byte[] text(byte[] block, int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, at, end);
  }

  private static long number(byte[] block, int at, int length) {
    if (block[at] < 0) {
      long value = block[at] == (byte) 0xff ? -1 : 0;
      for (int i = at + 1; i < at + length; i++) {
        value = value << 8 | (block[i] & 0xff);
      }
      return value;
    }
    String text = new String(block, at, length, StandardCharsets.US_ASCII);
    String digits = text.replace('\0', ' ').strip();
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  private static boolean isEmpty(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static long padding(long size) {
    return (TarOut.BLOCK - size % TarOut.BLOCK) % TarOut.BLOCK;
  }

  private void skip(long bytes) throws IOException {
    if (bytes > 0) {
      in.skipNBytes(bytes);
    }
  }

  /// The content of one file.
  private static final class CountedInput extends InputStream {
    private final InputStream from;
    private final long size;
    private long taken;

    CountedInput(InputStream from, long size) {
      this.from = from;
      this.size = size;
    }

    long taken() {
      return taken;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      if (taken >= size) {
        return -1;
      }
      int count = from.read(into, at, (int) Math.min(length, size - taken));
      if (count < 0) {
        throw new EOFException("the archive ends in a file");
      }
      taken += count;
      return count;
    }
  }
}
