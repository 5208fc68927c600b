package dev.backstay.ui.browse;

/// A file that counts what is fetched of it.
final class FetchedRanges implements Ranges {

  /// What stands at each place of a file that is too large to make.
  interface Content {
    byte at(long offset);
  }

  private final long size;
  private final Content content;
  long bytes;
  int times;

  FetchedRanges(long size, Content content) {
    this.size = size;
    this.content = content;
  }

  static FetchedRanges of(byte[] bytes) {
    return new FetchedRanges(bytes.length, at -> bytes[(int) at]);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public byte[] read(long offset, int length) {
    byte[] read = new byte[Math.clamp(size - offset, 0, length)];
    for (int i = 0; i < read.length; i++) {
      read[i] = content.at(offset + i);
    }
    bytes += read.length;
    times++;
    return read;
  }
}
