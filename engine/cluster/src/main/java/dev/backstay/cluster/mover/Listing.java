package dev.backstay.cluster.mover;

import dev.backstay.model.FileEntry;
import dev.backstay.model.FileEntry.FileTime;
import dev.backstay.model.FileEntry.FileType;
import dev.backstay.model.FilePath;
import dev.backstay.model.UnreachableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the output of `list`. Records are separated by the nonce, so that no name can forge one:
///
///     NONCE fields/./name NONCE 'quoted name' -> 'target' \n NONCE fields/… NONCE END rc=0
///
/// A folder whose content may not be listed has a second record, `NONCE UNREADABLE/./name NONCE`.
final class Listing {

  private static final String UNREADABLE = " UNREADABLE/";

  private final InputStream in;
  private final byte[] nonce;
  private final byte[] buffer = new byte[64 << 10];
  private int at;
  private int end;

  Listing(InputStream in, String nonce) {
    this.in = in;
    this.nonce = nonce.getBytes(StandardCharsets.US_ASCII);
  }

  /// Hands over every entry.
  ///
  /// @param unreadable gets the folders whose content may not be listed
  /// @return whether the pod could list everything
  /// @throws UnreachableException if the output ended before its END record
  boolean read(Consumer<FileEntry> entries, Consumer<FilePath> unreadable) throws IOException {
    part(); // empty: the output begins with the nonce
    byte[] fields = part();
    while (fields != null) {
      String text = new String(fields, StandardCharsets.ISO_8859_1);
      if (text.startsWith(" END rc=")) {
        return text.strip().endsWith("=0");
      }
      byte[] quoted = part();
      if (quoted == null) {
        break;
      }
      if (text.startsWith(UNREADABLE)) {
        unreadable.accept(path(Arrays.copyOfRange(fields, UNREADABLE.length(), fields.length)));
      } else {
        entries.accept(entry(fields, text, quoted));
      }
      fields = part();
    }
    throw new UnreachableException(
        "mover.cut", "the listing of a volume was cut", "run the job again");
  }

  /// Everything up to the next nonce, or up to the end of the output; null after that.
  private byte @Nullable [] part() throws IOException {
    ByteArrayOutputStream part = new ByteArrayOutputStream(256);
    int matched = 0;
    while (true) {
      int next = next();
      if (next < 0) {
        part.write(nonce, 0, matched);
        return part.size() == 0 ? null : part.toByteArray();
      }
      if (next == nonce[matched]) {
        matched++;
        if (matched == nonce.length) {
          return part.toByteArray();
        }
      } else {
        part.write(nonce, 0, matched);
        matched = next == nonce[0] ? 1 : 0;
        if (matched == 0) {
          part.write(next);
        }
      }
    }
  }

  private int next() throws IOException {
    if (at == end) {
      at = 0;
      end = in.read(buffer, 0, buffer.length);
      if (end <= 0) {
        end = 0;
        return -1;
      }
    }
    return buffer[at++] & 0xff;
  }

  private static FileEntry entry(byte[] record, String text, byte[] quoted) {
    int slash = text.indexOf('/');
    String[] f = text.substring(1, slash).split(" ", -1);
    // f: mode perm uid gid size mtime date time [zone] ctime date time [zone] inode links …
    int zone = f[8].startsWith("+") ? 1 : 0;
    int raw = Integer.parseInt(f[0], 16);
    long size = Long.parseLong(f[4]);
    FileType type = type(raw);
    int ctime = 8 + zone;
    int rest = ctime + 3 + zone;
    byte[] name = Arrays.copyOfRange(record, slash + 1, record.length);
    return new FileEntry(
        path(name),
        type,
        raw & 07777,
        Long.parseLong(f[2]),
        Long.parseLong(f[3]),
        size,
        new FileTime(Long.parseLong(f[5]), nanos(f[7])),
        new FileTime(Long.parseLong(f[ctime]), nanos(f[ctime + 2])),
        Long.parseLong(f[rest]),
        Long.parseLong(f[rest + 1]),
        device(type, f[rest + 2], f[rest + 3]),
        type == FileType.SYMLINK ? target(quoted, (int) size) : null);
  }

  private static FilePath path(byte[] name) {
    return name.length <= 2
        ? FilePath.ROOT
        : FilePath.ofBytes(Arrays.copyOfRange(name, 2, name.length));
  }

  private static int nanos(String time) {
    int dot = time.indexOf('.');
    return dot < 0 ? 0 : Integer.parseInt((time.substring(dot + 1) + "000000000").substring(0, 9));
  }

  private static long device(FileType type, String major, String minor) {
    if (type != FileType.BLOCK_DEVICE && type != FileType.CHARACTER_DEVICE) {
      return 0;
    }
    long high = Long.parseLong(major, 16);
    long low = Long.parseLong(minor, 16);
    // glibc's makedev
    return (low & 0xff) | (high & 0xfff) << 8 | (low & ~0xffL) << 12 | (high & ~0xfffL) << 32;
  }

  /// The last `size` bytes before the closing quote, which the final newline follows.
  private static FilePath target(byte[] quoted, int size) {
    int quote = quoted.length - 1;
    while (quote > 0 && quoted[quote] != '\'') {
      quote--;
    }
    return FilePath.ofBytes(Arrays.copyOfRange(quoted, quote - size, quote));
  }

  private static FileType type(int raw) {
    return switch (raw & 0xf000) {
      case 0x8000 -> FileType.FILE;
      case 0x4000 -> FileType.FOLDER;
      case 0xa000 -> FileType.SYMLINK;
      case 0x6000 -> FileType.BLOCK_DEVICE;
      case 0x2000 -> FileType.CHARACTER_DEVICE;
      case 0x1000 -> FileType.FIFO;
      default -> FileType.SOCKET;
    };
  }
}
