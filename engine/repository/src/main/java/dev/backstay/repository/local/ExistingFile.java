package dev.backstay.repository.local;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.local.Posix.Stat;
import dev.backstay.repository.tree.Node;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file that is there already and is made what it should be: each blob's place is read, and only
/// what differs is fetched and written.
///
/// Only for a large file, because it is not atomic: if the process is killed meanwhile the file is
/// a mixture, which the next restore finishes. Small files are replaced whole. A file with several
/// names or with extended attributes is replaced too: others may mean it, and they may stay.
final class ExistingFile implements AutoCloseable {

  private static final long WORTH_IT = 1 << 20;
  private static final int PIECE = 256 << 10;

  private final int fd;
  private final long size;
  private final NativeBuffers buffers;
  private final byte[] piece = new byte[PIECE];
  private final MessageDigest digest = Listing.sha256();

  private ExistingFile(int fd, long size, NativeBuffers buffers) {
    this.fd = fd;
    this.size = size;
    this.buffers = buffers;
  }

  /// @return null if it is better replaced
  static @Nullable ExistingFile open(
      FolderHandle parent, byte[] name, Node node, NativeBuffers buffers) {
    if (node.size() < WORTH_IT) {
      return null;
    }
    int fd = -1;
    try {
      Stat there = Posix.stat(parent.fd(), name);
      if (!suits(there)) {
        return null;
      }
      fd = Posix.open(parent.fd(), name, Posix.O_RDWR | Posix.O_NOFOLLOW | Posix.O_NONBLOCK, 0);
      Stat opened = Posix.stat(fd);
      if (suits(opened) && opened.inode() == there.inode() && !Posix.hasAttributes(fd)) {
        ExistingFile file = new ExistingFile(fd, opened.size(), buffers);
        fd = -1;
        return file;
      }
      return null;
    } catch (PosixException e) {
      // Not ours to write to: a new file in its place may be.
      return null;
    } finally {
      if (fd >= 0) {
        Posix.close(fd);
      }
    }
  }

  private static boolean suits(Stat there) {
    return there.is(0100000) && there.links() == 1 && there.size() > 0;
  }

  int fd() {
    return fd;
  }

  /// @return how many bytes were written
  long update(OpenRepository repository, Node node, CancelToken cancel, Meter meter)
      throws IOException {
    List<BlobId> content = node.content();
    long written = 0;
    long from = 0;
    long at = 0;
    for (BlobId blob : content) {
      cancel.checkpoint();
      long length = repository.sizeOf(blob);
      if (at + length <= size && holds(blob, at, length)) {
        written += write(repository, node, from, at, cancel, meter);
        from = at + length;
        meter.add(0, length);
      }
      at += length;
    }
    written += write(repository, node, from, at, cancel, meter);
    if (size != at) {
      Posix.truncate(fd, at);
    }
    return written;
  }

  private boolean holds(BlobId blob, long at, long length) throws IOException {
    try (DescriptorInput in = new DescriptorInput(fd, at, at + length, buffers)) {
      int read;
      while ((read = in.read(piece, 0, piece.length)) > 0) {
        digest.update(piece, 0, read);
      }
    }
    return BlobId.of(digest.digest(), 0).equals(blob);
  }

  private long write(
      OpenRepository repository, Node node, long from, long to, CancelToken cancel, Meter meter)
      throws IOException {
    if (from == to) {
      return 0;
    }
    // No holes: what is there now must not shine through.
    try (DescriptorOutput out = new DescriptorOutput(fd, from, buffers)) {
      repository.read(node, from, to - from, new Metered(out, meter), cancel);
    }
    return to - from;
  }

  @Override
  public void close() {
    Posix.close(fd);
  }
}
