package dev.backstay.cluster.mover;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FileEntry;
import dev.backstay.model.FileEntry.FileType;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Writes tar archives that busybox reads right: GNU format, base-256 numbers, never PAX (busybox
/// takes large ids in PAX headers for 0).
final class TarWriter {

  private static final int BLOCK = 512;

  private final FilesIn.Contents contents;
  private final Map<Long, FilePath> links;
  private final Meter meter;

  /// @param links the first path of each inode that has several
  TarWriter(FilesIn.Contents contents, Map<Long, FilePath> links, Meter meter) {
    this.contents = contents;
    this.links = links;
    this.meter = meter;
  }

  /// The same, reporting nothing.
  TarWriter silent() {
    return new TarWriter(contents, links, Meter.NONE);
  }

  /// How long the archive will be.
  long length(List<FileEntry> files) {
    Counter counter = new Counter();
    long data = 0;
    try (TarArchiveOutputStream tar = tar(counter)) {
      for (FileEntry file : files) {
        TarArchiveEntry entry = entry(file);
        data += (entry.getSize() + BLOCK - 1) / BLOCK * BLOCK;
        entry.setSize(0);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
      tar.finish();
    } catch (IOException e) {
      throw new IllegalStateException(e); // a counter does not fail
    }
    return counter.bytes + data;
  }

  void write(List<FileEntry> files, OutputStream out, CancelToken cancel) throws IOException {
    TarArchiveOutputStream tar = tar(out); // not closed: the stream goes on
    for (FileEntry file : files) {
      cancel.checkpoint();
      TarArchiveEntry entry = entry(file);
      tar.putArchiveEntry(entry);
      if (entry.getSize() > 0) {
        copy(file, tar, cancel);
      }
      tar.closeArchiveEntry();
      meter.add(1, 0);
    }
    tar.finish();
    tar.flush();
  }

  private void copy(FileEntry file, OutputStream tar, CancelToken cancel) throws IOException {
    byte[] buffer = new byte[64 << 10];
    try (InputStream in = contents.apply(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        cancel.checkpoint();
        tar.write(buffer, 0, count);
        meter.add(0, count);
      }
    }
  }

  private static TarArchiveOutputStream tar(OutputStream out) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, BLOCK, "ISO-8859-1");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    return tar;
  }

  private TarArchiveEntry entry(FileEntry file) {
    FilePath first = links.get(file.inode());
    boolean link =
        file.type() == FileType.FILE
            && file.links() > 1
            && first != null
            && !first.equals(file.path());
    TarArchiveEntry entry = new TarArchiveEntry(name(file), flag(file, link), true);
    entry.setMode(file.mode());
    entry.setUserId(file.uid());
    entry.setGroupId(file.gid());
    entry.setUserName("");
    entry.setGroupName("");
    entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(file.modified().seconds())));
    entry.setSize(file.type() == FileType.FILE && !link ? file.size() : 0);
    FilePath target = link ? first : file.linkTarget();
    if (target != null) {
      entry.setLinkName((link ? "./" : "") + latin1(target));
    }
    if (file.device() != 0) {
      entry.setDevMajor((int) ((file.device() >> 8) & 0xfff));
      entry.setDevMinor((int) ((file.device() & 0xff) | ((file.device() >> 12) & 0xfff00)));
    }
    return entry;
  }

  private static String name(FileEntry file) {
    String name = file.path().isRoot() ? "." : "./" + latin1(file.path());
    return file.type() == FileType.FOLDER ? name + "/" : name;
  }

  private static byte flag(FileEntry file, boolean link) {
    return switch (file.type()) {
      case FILE, SOCKET, OTHER -> link ? TarConstants.LF_LINK : TarConstants.LF_NORMAL;
      case FOLDER -> TarConstants.LF_DIR;
      case SYMLINK -> TarConstants.LF_SYMLINK;
      case BLOCK_DEVICE -> TarConstants.LF_BLK;
      case CHARACTER_DEVICE -> TarConstants.LF_CHR;
      case FIFO -> TarConstants.LF_FIFO;
    };
  }

  /// One character a byte, so that the tar library writes the raw bytes.
  private static String latin1(FilePath path) {
    return new String(path.bytes(), StandardCharsets.ISO_8859_1);
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] buffer, int from, int length) {
      bytes += length;
    }
  }
}
