package dev.backstay.sandbox.mover;

import dev.backstay.sandbox.volume.FileFacts;
import dev.backstay.sandbox.volume.SpecialFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Writes a tar archive in GNU format, as busybox does it.
final class TarOut {

  static final int BLOCK = 512;

  private final OutputStream out;
  private final Map<Long, byte[]> hardLinks = new HashMap<>();

  TarOut(OutputStream out) {
    this.out = out;
  }

  /// @param name as it was asked for
  void add(byte[] name, Path file) throws IOException {
    FileFacts facts = FileFacts.of(file);
    switch (facts.type()) {
      case FileFacts.FILE -> addFile(name, file, facts);
      case FileFacts.FOLDER -> header(withSlash(name), facts, '5', new byte[0], 0);
      case FileFacts.SYMLINK -> header(name, facts, '2', Links.target(file), 0);
      case FileFacts.PIPE -> header(name, facts, '6', new byte[0], 0);
      case FileFacts.CHARACTER_DEVICE -> header(name, facts, '3', new byte[0], 0);
      case FileFacts.BLOCK_DEVICE -> header(name, facts, '4', new byte[0], 0);
      default -> {}
    }
  }

  private void addFile(byte[] name, Path file, FileFacts facts) throws IOException {
    byte[] first = facts.links() > 1 ? hardLinks.putIfAbsent(facts.inode(), name) : null;
    if (first != null) {
      header(name, facts, '1', first, 0);
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      header(name, facts, '0', new byte[0], facts.size());
      long left = facts.size();
      byte[] buffer = new byte[65_536];
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (count < 0) {
          throw new IOException("short read");
        }
        out.write(buffer, 0, count);
        left -= count;
      }
      pad(facts.size());
    }
  }

  /// Two empty blocks.
  void finish() throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  private static byte[] withSlash(byte[] name) {
    byte[] result = Arrays.copyOf(name, name.length + 1);
    result[name.length] = '/';
    return result;
  }

  private void header(byte[] name, FileFacts facts, char type, byte[] link, long size)
      throws IOException {
    if (link.length > 100) {
      longName(link, 'K');
    }
    if (name.length > 100) {
      longName(name, 'L');
    }
    byte[] block = new byte[BLOCK];
    put(block, 0, 100, name);
    octal(block, 100, 8, facts.permissions());
    octal(block, 108, 8, facts.uid());
    octal(block, 116, 8, facts.gid());
    octal(block, 124, 12, size);
    octal(block, 136, 12, facts.modified().to(java.util.concurrent.TimeUnit.SECONDS));
    block[156] = (byte) type;
    put(block, 157, 100, link);
    if (type == '3' || type == '4') {
      octal(block, 329, 8, SpecialFiles.major(facts.rdev()));
      octal(block, 337, 8, SpecialFiles.minor(facts.rdev()));
    }
    seal(block);
  }

  private void longName(byte[] name, char type) throws IOException {
    byte[] block = new byte[BLOCK];
    put(block, 0, 100, "././@LongLink".getBytes(StandardCharsets.US_ASCII));
    octal(block, 124, 12, name.length + 1L);
    block[156] = (byte) type;
    seal(block);
    out.write(name);
    out.write(0);
    pad(name.length + 1L);
  }

  private void seal(byte[] block) throws IOException {
    put(block, 257, 8, "ustar  \0".getBytes(StandardCharsets.US_ASCII));
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    byte[] text = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    put(block, 148, 8, text);
    out.write(block);
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
  }

  private static void put(byte[] block, int at, int most, byte[] bytes) {
    System.arraycopy(bytes, 0, block, at, Math.min(most, bytes.length));
  }

  /// Octal, or base 256 where that is too short.
  private static void octal(byte[] block, int at, int length, long value) {
    long limit = 1L << (3 * (length - 1));
    if (value >= 0 && value < limit) {
      String text = String.format("%0" + (length - 1) + "o", value);
      put(block, at, length - 1, text.getBytes(StandardCharsets.US_ASCII));
      return;
    }
    long rest = value;
    for (int i = length - 1; i > 0; i--) {
      block[at + i] = (byte) rest;
      rest >>= 8;
    }
    block[at] = (byte) (value < 0 ? 0xff : 0x80);
  }
}
