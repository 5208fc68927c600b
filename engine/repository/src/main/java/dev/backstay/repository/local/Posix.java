package dev.backstay.repository.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The system calls of Linux that Java does not offer: names are bytes, everything is relative to
/// an open folder, and no symbolic link is followed. Layouts are those of the kernel for 64 bit.
final class Posix {

  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_RDWR = 2;
  static final int O_CREAT = 0100;
  static final int O_EXCL = 0200;
  static final int O_NONBLOCK = 04000;
  static final int O_CLOEXEC = 02000000;

  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

  // The two flags that differ between processors.
  static final int O_DIRECTORY = ARM ? 040000 : 0200000;
  static final int O_NOFOLLOW = ARM ? 0100000 : 0400000;

  static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_BASIC = 0x7ff;
  private static final int STATX_SIZE = 256;
  private static final int STATFS_SIZE = 256;
  // ext2 to ext4, XFS, Btrfs, tmpfs: `statfs(2)`.
  private static final Set<Long> HOLES = Set.of(0xef53L, 0x58465342L, 0x9123683eL, 0x01021994L);
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;

  private static final VarHandle ERRNO =
      LibraryCall.STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final LibraryCall OPENAT = LibraryCall.ofInt("openat");
  private static final LibraryCall CLOSE = LibraryCall.ofInt("close");
  private static final LibraryCall PREAD = LibraryCall.ofLong("pread");
  private static final LibraryCall FSTATFS = LibraryCall.ofInt("fstatfs");
  private static final LibraryCall LSEEK = LibraryCall.ofLong("lseek");
  private static final LibraryCall PWRITE = LibraryCall.ofLong("pwrite");
  private static final LibraryCall FTRUNCATE = LibraryCall.ofInt("ftruncate");
  private static final LibraryCall GETDENTS = LibraryCall.ofLong("getdents64");
  private static final LibraryCall STATX = LibraryCall.ofInt("statx");
  private static final LibraryCall READLINKAT = LibraryCall.ofLong("readlinkat");
  private static final LibraryCall MKDIRAT = LibraryCall.ofInt("mkdirat");
  private static final LibraryCall SYMLINKAT = LibraryCall.ofInt("symlinkat");
  private static final LibraryCall LINKAT = LibraryCall.ofInt("linkat");
  private static final LibraryCall MKNODAT = LibraryCall.ofInt("mknodat");
  private static final LibraryCall RENAMEAT = LibraryCall.ofInt("renameat");
  private static final LibraryCall UNLINKAT = LibraryCall.ofInt("unlinkat");
  private static final LibraryCall FCHOWNAT = LibraryCall.ofInt("fchownat");
  private static final LibraryCall FCHMOD = LibraryCall.ofInt("fchmod");
  private static final LibraryCall FCHMODAT = LibraryCall.ofInt("fchmodat");
  private static final LibraryCall UTIMENSAT = LibraryCall.ofInt("utimensat");
  private static final LibraryCall LLISTXATTR = LibraryCall.ofLong("llistxattr");
  private static final LibraryCall FLISTXATTR = LibraryCall.ofLong("flistxattr");
  private static final LibraryCall LGETXATTR = LibraryCall.ofLong("lgetxattr");
  private static final LibraryCall LSETXATTR = LibraryCall.ofInt("lsetxattr");

  private Posix() {}

  /// Whether this machine is one that this class knows.
  static boolean available() {
    return System.getProperty("os.name", "").equals("Linux")
        && (ARM || System.getProperty("os.arch", "").equals("amd64"));
  }

  /// The call itself, with the state that errno is captured in first.
  @FunctionalInterface
  private interface Invocation {
    long invoke(Arena arena, MemorySegment state);
  }

  private static long invoke(String name, Invocation invocation) throws PosixException {
    try (Arena arena = Scratch.open()) {
      MemorySegment state = arena.allocate(LibraryCall.STATE);
      long result = invocation.invoke(arena, state);
      if (result < 0) {
        throw new PosixException(name, (int) ERRNO.get(state, 0L));
      }
      return result;
    }
  }

  /// The address of a name that C can read as long as the arena is open.
  private static long text(Arena arena, byte[] name) {
    MemorySegment segment = arena.allocate(name.length + 1L);
    MemorySegment.copy(name, 0, segment, ValueLayout.JAVA_BYTE, 0, name.length);
    return segment.address();
  }

  static int open(int folder, byte[] name, int flags, int mode) throws PosixException {
    return (int)
        invoke(
            "open",
            (arena, state) ->
                OPENAT.with(state, folder, text(arena, name), flags | O_CLOEXEC, mode));
  }

  static void close(int fd) {
    try {
      invoke("close", (_, state) -> CLOSE.with(state, fd));
    } catch (PosixException e) {
      // Nothing was written behind its back: writers look at what they wrote before.
    }
  }

  static int read(int fd, MemorySegment into, long offset) throws PosixException {
    return (int)
        invoke(
            "read", (_, state) -> PREAD.with(state, fd, into.address(), into.byteSize(), offset));
  }

  /// Whether the file system of an open file is one whose word on holes counts. ZFS has called data
  /// a hole that was not written out yet (OpenZFS 15526); of network file systems nobody knows.
  static boolean knowsHoles(int fd) {
    try (Arena arena = Scratch.open()) {
      MemorySegment about = arena.allocate(STATFS_SIZE, 8);
      invoke("statfs", (_, state) -> FSTATFS.with(state, fd, about.address()));
      return HOLES.contains(about.get(JAVA_LONG, 0));
    } catch (PosixException e) {
      return false;
    }
  }

  /// Where data begins, at a place or behind it; the size if only a hole follows.
  static long seekData(int fd, long from, long size) {
    try {
      return Math.min(size, invoke("seek", (_, s) -> LSEEK.with(s, fd, from, SEEK_DATA)));
    } catch (PosixException e) {
      // Only this one says that there is no data any more; others, that holes are not known here.
      return e.errno() == PosixException.ENXIO ? size : from;
    }
  }

  /// Where the next hole begins; the size if none does.
  static long seekHole(int fd, long from, long size) {
    try {
      long hole = invoke("seek", (_, s) -> LSEEK.with(s, fd, from, SEEK_HOLE));
      return hole > from ? Math.min(size, hole) : size;
    } catch (PosixException e) {
      return size;
    }
  }

  static int write(int fd, MemorySegment from, long offset) throws PosixException {
    return (int)
        invoke(
            "write", (_, state) -> PWRITE.with(state, fd, from.address(), from.byteSize(), offset));
  }

  static void truncate(int fd, long size) throws PosixException {
    invoke("truncate", (_, state) -> FTRUNCATE.with(state, fd, size));
  }

  /// The raw names in an open folder, without `.` and `..`.
  static List<byte[]> list(int folder) throws PosixException {
    List<byte[]> names = new ArrayList<>();
    try (Arena arena = Scratch.open()) {
      MemorySegment buffer = arena.allocate(64 << 10, 8);
      long length = dents(folder, buffer);
      while (length > 0) {
        for (long at = 0; at < length; ) {
          int record = buffer.get(ValueLayout.JAVA_SHORT, at + 16) & 0xffff;
          byte[] name = name(buffer, at + 19, at + record);
          if (!dot(name)) {
            names.add(name);
          }
          at += record;
        }
        length = dents(folder, buffer);
      }
    }
    return names;
  }

  private static long dents(int folder, MemorySegment buffer) throws PosixException {
    return invoke(
        "list", (_, state) -> GETDENTS.with(state, folder, buffer.address(), buffer.byteSize()));
  }

  private static byte[] name(MemorySegment buffer, long from, long until) {
    long end = from;
    while (end < until && buffer.get(ValueLayout.JAVA_BYTE, end) != 0) {
      end++;
    }
    return buffer.asSlice(from, end - from).toArray(ValueLayout.JAVA_BYTE);
  }

  private static boolean dot(byte[] name) {
    return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }

  /// What `statx` says.
  ///
  /// @param mode type and permissions, as `st_mode`
  /// @param device `st_rdev`
  /// @param fileSystem `st_dev`
  record Stat(
      int mode,
      long links,
      long uid,
      long gid,
      long inode,
      long size,
      long modified,
      int modifiedNanos,
      long changed,
      int changedNanos,
      long device,
      long fileSystem) {

    boolean is(int type) {
      return (mode & 0170000) == type;
    }

    boolean isFolder() {
      return is(0040000);
    }
  }

  /// Of a name in a folder, not following it.
  static Stat stat(int folder, byte[] name) throws PosixException {
    return stat(folder, name, AT_SYMLINK_NOFOLLOW);
  }

  /// Of what is open.
  static Stat stat(int fd) throws PosixException {
    return stat(fd, new byte[0], AT_EMPTY_PATH);
  }

  private static Stat stat(int folder, byte[] name, int flags) throws PosixException {
    try (Arena arena = Scratch.open()) {
      MemorySegment x = arena.allocate(STATX_SIZE, 8);
      long path = text(arena, name);
      invoke(
          "stat", (_, state) -> STATX.with(state, folder, path, flags, STATX_BASIC, x.address()));
      return new Stat(
          x.get(ValueLayout.JAVA_SHORT, 28) & 0xffff,
          x.get(JAVA_INT, 16) & 0xffffffffL,
          x.get(JAVA_INT, 20) & 0xffffffffL,
          x.get(JAVA_INT, 24) & 0xffffffffL,
          x.get(JAVA_LONG, 32),
          x.get(JAVA_LONG, 40),
          x.get(JAVA_LONG, 112),
          x.get(JAVA_INT, 120),
          x.get(JAVA_LONG, 96),
          x.get(JAVA_INT, 104),
          device(x.get(JAVA_INT, 128), x.get(JAVA_INT, 132)),
          device(x.get(JAVA_INT, 136), x.get(JAVA_INT, 140)));
    }
  }

  private static long device(int major, int minor) {
    return ((major & 0xfffff000L) << 32)
        | ((major & 0xfffL) << 8)
        | ((minor & 0xffffff00L) << 12)
        | (minor & 0xffL);
  }

  static byte[] readLink(int folder, byte[] name, long size) throws PosixException {
    try (Arena arena = Scratch.open()) {
      MemorySegment buffer = arena.allocate(Math.max(size, 4096) + 1);
      long length =
          invoke(
              "readlink",
              (inner, state) ->
                  READLINKAT.with(
                      state, folder, text(inner, name), buffer.address(), buffer.byteSize()));
      return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  static void makeFolder(int folder, byte[] name, int mode) throws PosixException {
    invoke("mkdir", (arena, state) -> MKDIRAT.with(state, folder, text(arena, name), mode));
  }

  static void makeLink(byte[] target, int folder, byte[] name) throws PosixException {
    invoke(
        "symlink",
        (arena, state) -> SYMLINKAT.with(state, text(arena, target), folder, text(arena, name)));
  }

  static void link(int from, byte[] old, int to, byte[] name) throws PosixException {
    invoke(
        "link",
        (arena, state) -> LINKAT.with(state, from, text(arena, old), to, text(arena, name), 0));
  }

  static void makeNode(int folder, byte[] name, int mode, long device) throws PosixException {
    invoke("mknod", (arena, state) -> MKNODAT.with(state, folder, text(arena, name), mode, device));
  }

  static void rename(int folder, byte[] from, byte[] to) throws PosixException {
    invoke(
        "rename",
        (arena, state) -> RENAMEAT.with(state, folder, text(arena, from), folder, text(arena, to)));
  }

  /// @param wasFolder removes an empty folder, else anything but a folder
  static void remove(int folder, byte[] name, boolean wasFolder) throws PosixException {
    int flags = wasFolder ? AT_REMOVEDIR : 0;
    invoke("remove", (arena, state) -> UNLINKAT.with(state, folder, text(arena, name), flags));
  }

  /// @param name empty for what is open itself
  static void changeOwner(int folder, byte[] name, long uid, long gid) throws PosixException {
    int flags = AT_SYMLINK_NOFOLLOW | (name.length == 0 ? AT_EMPTY_PATH : 0);
    invoke(
        "chown",
        (arena, state) -> FCHOWNAT.with(state, folder, text(arena, name), uid, gid, flags));
  }

  static void changeMode(int fd, int mode) throws PosixException {
    invoke("chmod", (_, state) -> FCHMOD.with(state, fd, mode));
  }

  /// For what cannot be opened without consequences: a fifo or a device. Follows links.
  static void changeMode(int folder, byte[] name, int mode) throws PosixException {
    invoke("chmod", (arena, state) -> FCHMODAT.with(state, folder, text(arena, name), mode, 0));
  }

  /// Sets atime and mtime of a name in a folder, not following it.
  static void changeTimes(
      int folder, byte[] name, long atime, int atimeNanos, long mtime, int mtimeNanos)
      throws PosixException {
    invoke(
        "utimens",
        (arena, state) -> {
          MemorySegment times = arena.allocate(32, 8);
          times.set(JAVA_LONG, 0, atime);
          times.set(JAVA_LONG, 8, atimeNanos);
          times.set(JAVA_LONG, 16, mtime);
          times.set(JAVA_LONG, 24, mtimeNanos);
          return UTIMENSAT.with(
              state, folder, text(arena, name), times.address(), AT_SYMLINK_NOFOLLOW);
        });
  }

  /// A path that leads into an open folder, for calls that take no folder.
  static byte[] path(int folder, byte[] name) {
    byte[] start = ("/proc/self/fd/" + folder + "/").getBytes(StandardCharsets.US_ASCII);
    byte[] path = Arrays.copyOf(start, start.length + name.length);
    System.arraycopy(name, 0, path, start.length, name.length);
    return path;
  }

  /// The names of extended attributes; none where the file system has none.
  static List<byte[]> listAttributes(byte[] path) throws PosixException {
    try (Arena arena = Scratch.open()) {
      long name = text(arena, path);
      long size = listAttributes(name, MemorySegment.NULL);
      List<byte[]> names = new ArrayList<>();
      if (size > 0) {
        MemorySegment buffer = arena.allocate(size + 4096);
        long length = listAttributes(name, buffer);
        for (long at = 0; at < length; ) {
          byte[] attribute = name(buffer, at, length);
          names.add(attribute);
          at += attribute.length + 1;
        }
      }
      return names;
    } catch (PosixException e) {
      if (e.errno() == PosixException.ENOTSUP) {
        return List.of();
      }
      throw e;
    }
  }

  /// Whether an open file has extended attributes, asked without looking its path up.
  static boolean hasAttributes(int fd) throws PosixException {
    try {
      long size = invoke("listxattr", (_, state) -> FLISTXATTR.with(state, fd, 0, 0));
      return size > 0;
    } catch (PosixException e) {
      if (e.errno() == PosixException.ENOTSUP) {
        return false;
      }
      throw e;
    }
  }

  private static long listAttributes(long path, MemorySegment into) throws PosixException {
    return invoke(
        "listxattr", (_, state) -> LLISTXATTR.with(state, path, into.address(), into.byteSize()));
  }

  static byte[] attribute(byte[] path, byte[] name) throws PosixException {
    try (Arena arena = Scratch.open()) {
      long file = text(arena, path);
      long attribute = text(arena, name);
      MemorySegment buffer = arena.allocate(64 << 10);
      long length =
          invoke(
              "getxattr",
              (_, state) ->
                  LGETXATTR.with(state, file, attribute, buffer.address(), buffer.byteSize()));
      return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  static void changeAttribute(byte[] path, byte[] name, byte[] value) throws PosixException {
    invoke(
        "setxattr",
        (arena, state) -> {
          MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, value);
          return LSETXATTR.with(
              state, text(arena, path), text(arena, name), bytes.address(), value.length, 0);
        });
  }
}
