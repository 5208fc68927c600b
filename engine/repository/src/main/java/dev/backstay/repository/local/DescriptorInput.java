package dev.backstay.repository.local;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Reads an open file; closing gives the buffer back and leaves the file open.
final class DescriptorInput extends InputStream {

  private final int fd;
  private final NativeBuffers buffers;
  private final MemorySegment buffer;

  DescriptorInput(int fd, NativeBuffers buffers) {
    this.fd = fd;
    this.buffers = buffers;
    this.buffer = buffers.take();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    long most = Math.min(length, buffer.byteSize());
    int read = Posix.read(fd, buffer.asSlice(0, most));
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, from, read);
    return read == 0 ? -1 : read;
  }

  @Override
  public void close() {
    buffers.give(buffer);
  }
}
