package dev.backstay.repository.local;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
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

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPENAT =
      variadic("openat", 3, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle PREAD =
      call("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle FSTATFS = call("fstatfs", JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle LSEEK = call("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle PWRITE =
      call("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle FTRUNCATE = call("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle GETDENTS =
      call("getdents64", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle STATX =
      call("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle READLINKAT =
      call("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
  private static final MethodHandle MKDIRAT =
      call("mkdirat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SYMLINKAT =
      call("symlinkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
  private static final MethodHandle LINKAT =
      call("linkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle MKNODAT =
      call("mknodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG);
  private static final MethodHandle RENAMEAT =
      call("renameat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
  private static final MethodHandle UNLINKAT =
      call("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle FCHOWNAT =
      call("fchownat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle FCHMOD = call("fchmod", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle FCHMODAT =
      call("fchmodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle UTIMENSAT =
      call("utimensat", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle LLISTXATTR =
      call("llistxattr", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
  private static final MethodHandle FLISTXATTR =
      call("flistxattr", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle LGETXATTR =
      call("lgetxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
  private static final MethodHandle LSETXATTR =
      call("lsetxattr", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);

  private Posix() {}

  /// Whether this machine is one that this class knows.
  static boolean available() {
    return System.getProperty("os.name", "").equals("Linux")
        && (ARM || System.getProperty("os.arch", "").equals("amd64"));
  }

  // Native access is what this class is for; the launcher grants it.
  @SuppressWarnings("restricted")
  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  // Native access is what this class is for; the launcher grants it.
  @SuppressWarnings("restricted")
  private static MethodHandle variadic(
      String name, int fixed, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  /// The call itself, with the state that errno is captured in first.
  @FunctionalInterface
  private interface Invocation {
    long invoke(Arena arena, MemorySegment state) throws Throwable;
  }

  private static long invoke(String name, Invocation invocation) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result = invocation.invoke(arena, state);
      if (result < 0) {
        throw new PosixException(name, (int) ERRNO.get(state, 0L));
      }
      return result;
    } catch (PosixException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static MemorySegment text(Arena arena, byte[] name) {
    MemorySegment segment = arena.allocate(name.length + 1L);
    MemorySegment.copy(name, 0, segment, ValueLayout.JAVA_BYTE, 0, name.length);
    return segment;
  }

  static int open(int folder, byte[] name, int flags, int mode) throws PosixException {
    return (int)
        invoke(
            "open",
            (arena, state) ->
                (int)
                    OPENAT.invokeExact(state, folder, text(arena, name), flags | O_CLOEXEC, mode));
  }

  static void close(int fd) {
    try {
      invoke("close", (_, state) -> (int) CLOSE.invokeExact(state, fd));
    } catch (PosixException e) {
      // Nothing was written behind its back: writers look at what they wrote before.
    }
  }

  static int read(int fd, MemorySegment into, long offset) throws PosixException {
    return (int)
        invoke(
            "read",
            (_, state) -> (long) PREAD.invokeExact(state, fd, into, into.byteSize(), offset));
  }

  /// Whether the file system of an open file is one whose word on holes counts. ZFS has called data
  /// a hole that was not written out yet (OpenZFS 15526); of network file systems nobody knows.
  static boolean knowsHoles(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment about = arena.allocate(STATFS_SIZE, 8);
      invoke("statfs", (_, state) -> (int) FSTATFS.invokeExact(state, fd, about));
      return HOLES.contains(about.get(JAVA_LONG, 0));
    } catch (PosixException e) {
      return false;
    }
  }

  /// Where data begins, at a place or behind it; the size if only a hole follows.
  static long seekData(int fd, long from, long size) {
    try {
      return Math.min(
          size, invoke("seek", (_, s) -> (long) LSEEK.invokeExact(s, fd, from, SEEK_DATA)));
    } catch (PosixException e) {
      // Only this one says that there is no data any more; others, that holes are not known here.
      return e.errno() == PosixException.ENXIO ? size : from;
    }
  }

  /// Where the next hole begins; the size if none does.
  static long seekHole(int fd, long from, long size) {
    try {
      long hole = invoke("seek", (_, s) -> (long) LSEEK.invokeExact(s, fd, from, SEEK_HOLE));
      return hole > from ? Math.min(size, hole) : size;
    } catch (PosixException e) {
      return size;
    }
  }

  static int write(int fd, MemorySegment from, long offset) throws PosixException {
    return (int)
        invoke(
            "write",
            (_, state) -> (long) PWRITE.invokeExact(state, fd, from, from.byteSize(), offset));
  }

  static void truncate(int fd, long size) throws PosixException {
    invoke("truncate", (_, state) -> (int) FTRUNCATE.invokeExact(state, fd, size));
  }

  /// The raw names in an open folder, without `.` and `..`.
  static List<byte[]> list(int folder) throws PosixException {
    List<byte[]> names = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
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
        "list",
        (_, state) -> (long) GETDENTS.invokeExact(state, folder, buffer, buffer.byteSize()));
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
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = arena.allocate(STATX_SIZE, 8);
      MemorySegment path = text(arena, name);
      invoke(
          "stat",
          (_, state) -> (int) STATX.invokeExact(state, folder, path, flags, STATX_BASIC, x));
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
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(Math.max(size, 4096) + 1);
      long length =
          invoke(
              "readlink",
              (inner, state) ->
                  (long)
                      READLINKAT.invokeExact(
                          state, folder, text(inner, name), buffer, buffer.byteSize()));
      return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  static void makeFolder(int folder, byte[] name, int mode) throws PosixException {
    invoke(
        "mkdir",
        (arena, state) -> (int) MKDIRAT.invokeExact(state, folder, text(arena, name), mode));
  }

  static void makeLink(byte[] target, int folder, byte[] name) throws PosixException {
    invoke(
        "symlink",
        (arena, state) ->
            (int) SYMLINKAT.invokeExact(state, text(arena, target), folder, text(arena, name)));
  }

  static void link(int from, byte[] old, int to, byte[] name) throws PosixException {
    invoke(
        "link",
        (arena, state) ->
            (int) LINKAT.invokeExact(state, from, text(arena, old), to, text(arena, name), 0));
  }

  static void makeNode(int folder, byte[] name, int mode, long device) throws PosixException {
    invoke(
        "mknod",
        (arena, state) ->
            (int) MKNODAT.invokeExact(state, folder, text(arena, name), mode, device));
  }

  static void rename(int folder, byte[] from, byte[] to) throws PosixException {
    invoke(
        "rename",
        (arena, state) ->
            (int) RENAMEAT.invokeExact(state, folder, text(arena, from), folder, text(arena, to)));
  }

  /// @param wasFolder removes an empty folder, else anything but a folder
  static void remove(int folder, byte[] name, boolean wasFolder) throws PosixException {
    int flags = wasFolder ? AT_REMOVEDIR : 0;
    invoke(
        "remove",
        (arena, state) -> (int) UNLINKAT.invokeExact(state, folder, text(arena, name), flags));
  }

  /// @param name empty for what is open itself
  static void changeOwner(int folder, byte[] name, long uid, long gid) throws PosixException {
    int flags = AT_SYMLINK_NOFOLLOW | (name.length == 0 ? AT_EMPTY_PATH : 0);
    invoke(
        "chown",
        (arena, state) ->
            (int)
                FCHOWNAT.invokeExact(
                    state, folder, text(arena, name), (int) uid, (int) gid, flags));
  }

  static void changeMode(int fd, int mode) throws PosixException {
    invoke("chmod", (_, state) -> (int) FCHMOD.invokeExact(state, fd, mode));
  }

  /// For what cannot be opened without consequences: a fifo or a device. Follows links.
  static void changeMode(int folder, byte[] name, int mode) throws PosixException {
    invoke(
        "chmod",
        (arena, state) -> (int) FCHMODAT.invokeExact(state, folder, text(arena, name), mode, 0));
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
          return (int)
              UTIMENSAT.invokeExact(state, folder, text(arena, name), times, AT_SYMLINK_NOFOLLOW);
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
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = text(arena, path);
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
      long size =
          invoke(
              "listxattr",
              (_, state) -> (long) FLISTXATTR.invokeExact(state, fd, MemorySegment.NULL, 0L));
      return size > 0;
    } catch (PosixException e) {
      if (e.errno() == PosixException.ENOTSUP) {
        return false;
      }
      throw e;
    }
  }

  private static long listAttributes(MemorySegment path, MemorySegment into) throws PosixException {
    return invoke(
        "listxattr",
        (_, state) -> (long) LLISTXATTR.invokeExact(state, path, into, into.byteSize()));
  }

  static byte[] attribute(byte[] path, byte[] name) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment file = text(arena, path);
      MemorySegment attribute = text(arena, name);
      MemorySegment buffer = arena.allocate(64 << 10);
      long length =
          invoke(
              "getxattr",
              (_, state) ->
                  (long) LGETXATTR.invokeExact(state, file, attribute, buffer, buffer.byteSize()));
      return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  static void changeAttribute(byte[] path, byte[] name, byte[] value) throws PosixException {
    invoke(
        "setxattr",
        (arena, state) -> {
          MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, value);
          return (int)
              LSETXATTR.invokeExact(
                  state, text(arena, path), text(arena, name), bytes, (long) value.length, 0);
        });
  }
}
