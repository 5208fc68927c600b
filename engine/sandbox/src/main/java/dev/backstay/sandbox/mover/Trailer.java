package dev.backstay.sandbox.mover;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The last 89 bytes of a stream.
final class Trailer {

  private Trailer() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static void write(OutputStream out, int status, MessageDigest digest) throws IOException {
    String hash = HexFormat.of().formatHex(digest.digest());
    String text = "\nBACKSTAY rc=" + String.format("%03d", status) + " sha256=" + hash + "\n";
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
