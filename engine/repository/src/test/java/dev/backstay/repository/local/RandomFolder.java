package dev.backstay.repository.local;

import dev.backstay.model.FilePath;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A folder from a seed, with whatever a Linux file system can hold: every type, names of any
/// bytes, every mode, times from 1901 to 2262, attributes, holes, and sizes at the limits of
/// chunks. What only root may make is left out for others.
final class RandomFolder {

  private static final boolean ROOT = Samples.root();
  private static final int MIN = 512 << 10;
  private static final int MAX = 8 << 20;
  private static final int LEVELS = 4;

  /// In 2262: 64 bits of nanoseconds since 1970, in which restic reckons when it restores.
  private static final long LAST = Long.MAX_VALUE / 1_000_000_000;

  /// Pieces of names and of the targets of links: each is odd to somebody.
  private static final List<byte[]> ODD =
      List.of(
          text("\n"),
          text("\t\u0007\u001b\u007f"),
          text("\""),
          text("'"),
          text("\\"),
          text("\\n\\x41\\u00e4\\101"),
          text("<&>"),
          text("\u2028\u2029"),
          text("\u0085\u00a0\u00ad\u200b\u202e\ufeff"),
          text("ä"),
          text("a\u0308"),
          text("😀"),
          text("\ufffd\uffff"),
          // Not assigned, for private use, and of Unicode 16.
          text("\u0378\ue000\ua7cb"),
          text("\ud83e\udedc\udbff\udffd"),
          text("*?[a]{b}$HOME`~"),
          text(" "),
          text("-rf"),
          text("..."),
          text("%41|;"),
          // Not UTF-8: stray, cut, overlong, half a pair, beyond the end.
          bytes("ff"),
          bytes("c328"),
          bytes("e282"),
          bytes("c0af"),
          bytes("eda080"),
          bytes("f4908080"),
          bytes("80fe"));

  private final Random random;
  private final List<Made> made = new ArrayList<>();
  private int folders;
  private int large = 2;

  RandomFolder(long seed) {
    random = new Random(seed);
  }

  /// Something that a further name can be given.
  private record Made(FolderHandle folder, FilePath name) {}

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /// @param root is there and empty
  void make(Path root) throws Exception {
    FolderHandle top = FolderHandle.openTop(text(root.toString()));
    try {
      fill(top, 0);
    } finally {
      made.forEach(one -> one.folder().release());
      top.release();
    }
  }

  /// So many small things in one folder.
  void makeHuge(Path root, int count) throws Exception {
    FolderHandle top = FolderHandle.openTop(text(root.toString()));
    try {
      for (int i = 0; i < count; i++) {
        byte[] name = text(i * 7919L % count + "-" + "n".repeat(random.nextInt(40)));
        switch (random.nextInt(20)) {
          case 0 -> Posix.makeFolder(top.fd(), name, 0700);
          case 1 -> Posix.makeLink(text("to-" + i), top.fd(), name);
          default -> write(top, name, text("content " + random.nextInt(50)));
        }
        times(top, name);
      }
    } finally {
      top.release();
    }
  }

  private void fill(FolderHandle folder, int level) throws Exception {
    Set<FilePath> names = new HashSet<>();
    // The first folder has all there is, whatever the seed.
    int count = level == 0 ? 30 : random.nextInt(10);
    for (int i = 0; i < count; i++) {
      byte[] name = name();
      if (names.add(FilePath.ofBytes(name))) {
        one(folder, name, level == 0 && i < 20 ? i : random.nextInt(20), level);
      }
    }
  }

  private void one(FolderHandle folder, byte[] name, int kind, int level) throws Exception {
    switch (kind) {
      case 0 -> write(folder, name, new byte[0]);
      case 1 -> large(folder, name);
      case 2 -> write(folder, name, randomBytes(MIN - 1 + random.nextInt(3)));
      case 3 -> sparse(folder, name);
      case 4 -> write(folder, name, text("some line of a log\n".repeat(random.nextInt(30_000))));
      case 5 -> Posix.makeLink(target(), folder.fd(), name);
      case 6 -> Posix.makeNode(folder.fd(), name, 0010600, 0);
      case 7 -> Posix.makeNode(folder.fd(), name, 0140600, 0);
      case 8, 9 -> {
        if (made.isEmpty()) {
          write(folder, name, randomBytes(9));
        } else {
          Made other = made.get(random.nextInt(made.size()));
          Posix.link(other.folder().fd(), other.name().bytes(), folder.fd(), name);
          return;
        }
      }
      case 10 -> {
        int type = random.nextBoolean() ? 0020000 : 0060000;
        if (ROOT) {
          Posix.makeNode(folder.fd(), name, type | 0600, device());
        } else {
          write(folder, name, randomBytes(10));
        }
      }
      case 11, 12, 13, 14 -> {
        below(folder, name, level);
        return;
      }
      default -> write(folder, name, randomBytes(random.nextInt(3000)));
    }
    describe(folder, name, kind == 5, false);
    if (kind != 7 && random.nextInt(3) == 0) {
      made.add(new Made(folder.share(), FilePath.ofBytes(name.clone())));
    }
  }

  private void below(FolderHandle folder, byte[] name, int level) throws Exception {
    Posix.makeFolder(folder.fd(), name, 0700);
    FolderHandle child = FolderHandle.open(folder.fd(), name);
    try {
      if (level < LEVELS && folders++ < 25 && random.nextInt(5) > 0) {
        fill(child, level + 1);
      }
    } finally {
      child.release();
    }
    describe(folder, name, false, true);
  }

  private byte[] name() {
    byte[] name =
        switch (random.nextInt(6)) {
          case 0, 1 -> text("plain-" + random.nextInt(10_000));
          case 2 -> full(ODD.get(random.nextInt(ODD.size())), 255);
          default -> odd(1 + random.nextInt(5));
        };
    return Arrays.equals(name, text(".")) || Arrays.equals(name, text("..")) ? text("...") : name;
  }

  private byte[] odd(int pieces) {
    byte[] all = new byte[0];
    for (int i = 0; i < pieces; i++) {
      all = joined(all, ODD.get(random.nextInt(ODD.size())));
      all = joined(all, text(random.nextBoolean() ? "" : "x" + random.nextInt(100)));
    }
    return all;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /// As many whole pieces as fit, and the rest of letters.
  private byte[] full(byte[] piece, int length) {
    byte[] name = text(String.valueOf(1000 + random.nextInt(9000)));
    while (name.length + piece.length <= length) {
      name = joined(name, piece);
    }
    return joined(name, text("z".repeat(length - name.length)));
  }

  private byte[] target() {
    return switch (random.nextInt(5)) {
      case 0 -> text("/etc/passwd");
      case 1 -> text("../".repeat(1 + random.nextInt(4)) + "nowhere");
      case 2 -> full(text("long/"), 4095);
      default -> odd(1 + random.nextInt(6));
    };
  }

  /// `makedev(3)` of small and of the largest numbers.
  private long device() {
    long major = random.nextBoolean() ? 7 : 0xfff;
    long minor = random.nextBoolean() ? random.nextInt(256) : 0xfffff;
    return (major & 0xfff) << 8 | (minor & 0xff) | (minor & 0xfff00) << 12;
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private void write(FolderHandle folder, byte[] name, byte[] content) throws Exception {
    int fd = create(folder, name);
    try (OutputStream out = Files.newOutputStream(Path.of("/proc/self/fd/" + fd))) {
      out.write(content);
    } finally {
      Posix.close(fd);
    }
  }

  private static int create(FolderHandle folder, byte[] name) throws PosixException {
    int flags = Posix.O_RDWR | Posix.O_CREAT | Posix.O_EXCL;
    return Posix.open(folder.fd(), name, flags, 0600);
  }

  /// About the largest chunk: of zeros, which are never cut, or of random bytes.
  private void large(FolderHandle folder, byte[] name) throws Exception {
    int length = large-- > 0 ? MAX - 1 + random.nextInt(3) : random.nextInt(MIN);
    write(folder, name, random.nextBoolean() ? new byte[length] : randomBytes(length));
  }

  private void sparse(FolderHandle folder, byte[] name) throws Exception {
    int fd = create(folder, name);
    try (RandomAccessFile file = new RandomAccessFile("/proc/self/fd/" + fd, "rw")) {
      long size = 1L + random.nextInt(large-- > 0 ? 12 << 20 : 1 << 20);
      file.setLength(size);
      for (int i = random.nextInt(3); i > 0; i--) {
        file.seek((long) (random.nextDouble() * size));
        file.write(random.nextBoolean() ? new byte[5000] : randomBytes(70_000));
      }
    } finally {
      Posix.close(fd);
    }
  }

  /// Owner, attributes, mode, times.
  private void describe(FolderHandle folder, byte[] name, boolean link, boolean isFolder)
      throws Exception {
    if (ROOT && random.nextInt(3) == 0) {
      Posix.changeOwner(folder.fd(), name, owner(), owner());
    }
    if (!link) {
      if (random.nextInt(3) > 0) {
        // Others than root could not read what they may not.
        int mode = random.nextInt(010000) | (ROOT ? 0 : isFolder ? 0700 : 0400);
        Posix.changeMode(folder.fd(), name, mode);
      }
      attributes(folder, name, isFolder);
    }
    times(folder, name);
  }

  private long owner() {
    return List.of(0L, 1L, 1234L, 65_534L, 1L << 31, 4_294_967_294L).get(random.nextInt(6));
  }

  private void times(FolderHandle folder, byte[] name) throws PosixException {
    long seconds =
        switch (random.nextInt(6)) {
          case 0 -> -1 - random.nextInt(Integer.MAX_VALUE);
          case 1 -> 0;
          case 2 -> random.nextLong(1L << 31, LAST);
          default -> random.nextLong(1_000_000_000, 1_800_000_000);
        };
    int nanos = random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000);
    nanos = random.nextInt(4) == 0 ? nanos / 1_000_000 * 1_000_000 : nanos;
    Posix.changeTimes(folder.fd(), name, 5, 5, seconds, nanos);
  }

  /// What the file system or this user may not have is left out.
  private void attributes(FolderHandle folder, byte[] name, boolean isFolder) {
    byte[] path = Posix.path(folder.fd(), name);
    for (int i = random.nextInt(6) - 3; i > 0; i--) {
      String attribute = random.nextBoolean() ? "user.note" : "user.\"ä\\\n<" + random.nextInt(9);
      attribute(path, attribute, randomBytes(random.nextInt(4) * random.nextInt(100)));
    }
    if (random.nextInt(6) == 0) {
      attribute(path, "trusted.overlay.opaque", text("y"));
      attribute(path, "security.capability", bytes("0100000200040000000000000000000000000000"));
    }
    if (random.nextInt(4) == 0) {
      attribute(path, "system.posix_acl_access", accessList());
    }
    if (isFolder && random.nextInt(4) == 0) {
      attribute(path, "system.posix_acl_default", accessList());
    }
  }

  private static void attribute(byte[] path, String name, byte[] value) {
    try {
      Posix.changeAttribute(path, text(name), value);
    } catch (PosixException e) {
      // The rest is still worth testing.
    }
  }

  /// `acl(5)` as the kernel takes it: owner, a user, group, mask, others.
  private byte[] accessList() {
    ByteBuffer list = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
    int[] tags = {1, 2, 4, 0x10, 0x20};
    for (int tag : tags) {
      int id = tag == 2 ? 1000 : -1;
      list.putShort((short) tag).putShort((short) random.nextInt(8)).putInt(id);
    }
    return list.array();
  }

  /// Something of everything that was made is changed, removed or new.
  static void change(Path root, long seed) throws Exception {
    Path more = Files.createDirectory(root.resolve("more"));
    new RandomFolder(seed).make(more);
    FolderHandle top = FolderHandle.openTop(text(root.toString()));
    try {
      Random random = new Random(seed);
      for (byte[] name : Posix.list(top.fd())) {
        int fate = random.nextInt(5);
        Posix.Stat stat = Posix.stat(top.fd(), name);
        if (fate == 0 && !stat.isFolder()) {
          Posix.remove(top.fd(), name, false);
        } else if (fate == 1 && !stat.is(0120000)) {
          Posix.changeMode(top.fd(), name, 0751);
        }
      }
    } finally {
      top.release();
    }
  }
}
