package dev.backstay.repository.local;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Reads an open file up to the size that it had when it was opened, and leaves holes unread: they
/// are zeros. Closing gives the buffer back and leaves the file open.
final class DescriptorInput extends InputStream {

  // Where a hole is worth a question to the kernel.
  private static final long SPARSE = 1 << 20;

  private final int fd;
  private final long size;
  private final NativeBuffers buffers;
  private final MemorySegment buffer;
  private long position;
  // Up to where it is known to be a hole, or to be data.
  private long holeUntil;
  private long dataUntil;

  /// @param size 0 for a file that does not tell, as those of the kernel do: it is read to its end
  DescriptorInput(int fd, long size, NativeBuffers buffers) {
    this.fd = fd;
    this.size = size == 0 ? Long.MAX_VALUE : size;
    this.buffers = buffers;
    this.buffer = buffers.take();
    this.dataUntil = size < SPARSE || !Posix.knowsHoles(fd) ? this.size : 0;
  }

  /// A part of it.
  DescriptorInput(int fd, long from, long to, NativeBuffers buffers) {
    this(fd, to, buffers);
    this.position = from;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (position >= size) {
      return -1;
    }
    if (position >= dataUntil && position >= holeUntil) {
      look();
    }
    if (position < holeUntil) {
      int zeros = (int) Math.min(length, holeUntil - position);
      Arrays.fill(into, from, from + zeros, (byte) 0);
      position += zeros;
      return zeros;
    }
    long most = Math.min(Math.min(length, buffer.byteSize()), dataUntil - position);
    int read = Posix.read(fd, buffer.asSlice(0, most), position);
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, from, read);
    position += read;
    return read == 0 ? -1 : read;
  }

  /// What begins here: a hole, or data.
  private void look() {
    long data = Posix.seekData(fd, position, size);
    if (data > position) {
      holeUntil = data;
    } else {
      dataUntil = Posix.seekHole(fd, position, size);
    }
  }

  @Override
  public void close() {
    buffers.give(buffer);
  }
}
