package dev.backstay.repository.local;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Writes an open file from its start; leaves holes for zeros if asked. Closing sets the size.
final class DescriptorOutput extends OutputStream {

  private static final int PAGE = 4096;
  private static final byte[] ZEROS = new byte[PAGE];

  private final int fd;
  private final NativeBuffers buffers;
  private final MemorySegment buffer;
  private final boolean sparse;
  private long position;
  private boolean hole;

  DescriptorOutput(int fd, NativeBuffers buffers, boolean sparse) {
    this.fd = fd;
    this.buffers = buffers;
    this.buffer = buffers.take();
    this.sparse = sparse;
  }

  /// Over what is there, from a place on.
  DescriptorOutput(int fd, long from, NativeBuffers buffers) {
    this(fd, buffers, false);
    this.position = from;
  }

  long position() {
    return position;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    int end = from + length;
    while (at < end) {
      int zeros = sparse ? zeros(bytes, at, end) : 0;
      if (zeros > 0) {
        position += zeros;
        hole = true;
        at += zeros;
      } else {
        at += writeData(bytes, at, sparse ? Math.min(end - at, PAGE) : end - at);
      }
    }
  }

  /// Whole pages of zeros from here on.
  private static int zeros(byte[] bytes, int from, int end) {
    int at = from;
    while (end - at >= PAGE && Arrays.equals(bytes, at, at + PAGE, ZEROS, 0, PAGE)) {
      at += PAGE;
    }
    return at - from;
  }

  private int writeData(byte[] bytes, int from, int length) throws IOException {
    int count = (int) Math.min(length, buffer.byteSize());
    MemorySegment.copy(bytes, from, buffer, ValueLayout.JAVA_BYTE, 0, count);
    for (int done = 0; done < count; ) {
      done += Posix.write(fd, buffer.asSlice(done, count - done), position + done);
    }
    position += count;
    hole = false;
    return count;
  }

  /// Makes a hole at the end part of the file.
  void finish() throws IOException {
    if (hole) {
      Posix.truncate(fd, position);
    }
  }

  @Override
  public void close() {
    buffers.give(buffer);
  }
}
