package dev.backstay.ui.browse;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that ends after so many bytes, because a small file can unpack to any number of them.
final class Unpacked extends FilterInputStream {

  private long left;

  Unpacked(InputStream in, long most) {
    super(in);
    this.left = most;
  }

  boolean exhausted() {
    return left <= 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (exhausted()) {
      return -1;
    }
    int count = super.read(into, from, (int) Math.min(length, left));
    left -= Math.max(0, count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] dropped = new byte[64 << 10]; // many times faster than the few bytes that gzip takes
    long skipped = 0;
    int read = 0;
    while (skipped < count && read >= 0) {
      read = read(dropped, 0, (int) Math.min(dropped.length, count - skipped));
      skipped += Math.max(0, read);
    }
    return skipped;
  }
}
