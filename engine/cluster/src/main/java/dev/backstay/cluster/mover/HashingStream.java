package dev.backstay.cluster.mover;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Hashes what is read through it.
final class HashingStream extends FilterInputStream {

  private final MessageDigest digest = TrailerStream.sha256();

  HashingStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one >= 0) {
      digest.update((byte) one);
    }
    return one;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = super.read(into, from, length);
    if (count > 0) {
      digest.update(into, from, count);
    }
    return count;
  }

  /// Once everything was read.
  String hash() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
