package dev.backstay.stores;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The hash that files have their names from.
final class Sha256 {

  private Sha256() {}

  static byte[] of(byte[] bytes, int from, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, from, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /// 64 hex characters.
  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(of(bytes, 0, bytes.length));
  }
}
