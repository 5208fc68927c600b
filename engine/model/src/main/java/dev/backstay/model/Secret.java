package dev.backstay.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A password or token that never shows itself: [#toString()] is masked, [#close()] wipes it.
public final class Secret implements AutoCloseable {

  private final byte[] utf8;

  private Secret(byte[] utf8) {
    this.utf8 = utf8;
  }

  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Takes a copy; the caller wipes its own array.
  public static Secret ofUtf8(byte[] utf8) {
    return new Secret(utf8.clone());
  }

  /// A copy of the bytes, to be wiped by the caller after use.
  public byte[] utf8() {
    return utf8.clone();
  }

  @Override
  public void close() {
    Arrays.fill(utf8, (byte) 0);
  }

  @Override
  public String toString() {
    return "****";
  }
}
