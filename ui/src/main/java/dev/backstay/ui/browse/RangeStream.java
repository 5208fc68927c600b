package dev.backstay.ui.browse;

import java.io.InputStream;
import java.util.Objects;

/// A file as a stream that can move anywhere; what it skips is never fetched. It holds one block at
/// a time, a larger one each time that it reads on.
final class RangeStream extends InputStream {

  private static final int SMALLEST = 128 << 10;
  private static final int LARGEST = 1 << 20;

  private final Ranges ranges;
  private final long most;
  private byte[] block = new byte[0];
  private long start;
  private long at;
  private long fetched;
  private boolean exhausted;

  /// @param most so many bytes are fetched, then the stream ends
  RangeStream(Ranges ranges, long most) {
    this.ranges = ranges;
    this.most = most;
  }

  long position() {
    return at;
  }

  void seek(long to) {
    at = Math.clamp(to, 0, ranges.size());
  }

  /// Whether it ended because enough was fetched, not because the file did.
  boolean exhausted() {
    return exhausted;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) {
    Objects.checkFromIndexSize(from, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!held() && !fetch()) {
      return -1;
    }
    int offset = (int) (at - start);
    int count = Math.min(length, block.length - offset);
    System.arraycopy(block, offset, into, from, count);
    at += count;
    return count;
  }

  private boolean held() {
    return at >= start && at < start + block.length;
  }

  private boolean fetch() {
    long left = ranges.size() - at;
    exhausted |= left > 0 && fetched >= most;
    if (left <= 0 || exhausted) {
      return false;
    }
    boolean on = block.length > 0 && at == start + block.length;
    int wanted = on ? Math.min(LARGEST, 2 * block.length) : SMALLEST;
    int length = (int) Math.min(Math.min(wanted, left), most - fetched);
    block = ranges.read(at, length);
    start = at;
    fetched += block.length;
    return block.length > 0;
  }

  @Override
  public long skip(long count) {
    long before = at;
    seek(at + Math.clamp(count, 0, ranges.size() - at));
    return at - before;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, ranges.size() - at);
  }
}
