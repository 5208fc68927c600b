package dev.backstay.cluster.mover;

import dev.backstay.model.UnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A mover's output without its trailer. At the end of the stream the trailer must be there and its
/// hash must hold, else the stream counts as cut.
final class TrailerStream extends InputStream {

  static final int LENGTH = 89;
  private static final Pattern FORM =
      Pattern.compile("\nBACKSTAY rc=(\\d{3}) sha256=([0-9a-f]{64})\n");

  private final InputStream in;
  private final String what;
  private final boolean hashIsOfThis;
  private final MessageDigest digest = sha256();
  // Everything up to the last LENGTH bytes of the window is known not to be the trailer.
  private final byte[] window = new byte[64 << 10];
  private int start;
  private int end;
  private int status = -1;
  private String hash = "";

  /// @param hashIsOfThis whether the trailer's hash is of this stream, rather than of the call's
  ///   input
  TrailerStream(InputStream in, String what, boolean hashIsOfThis) {
    this.in = in;
    this.what = what;
    this.hashIsOfThis = hashIsOfThis;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (status >= 0) {
      return -1;
    }
    while (end - start <= LENGTH) {
      if (!fill()) {
        finish();
        return -1;
      }
    }
    int count = Math.min(length, end - start - LENGTH);
    System.arraycopy(window, start, into, from, count);
    digest.update(window, start, count);
    start += count;
    return count;
  }

  private boolean fill() throws IOException {
    System.arraycopy(window, start, window, 0, end - start);
    end -= start;
    start = 0;
    int count = in.read(window, end, window.length - end);
    end += Math.max(0, count);
    return count >= 0;
  }

  private void finish() {
    byte[] last = Arrays.copyOfRange(window, start, end);
    Matcher matcher = FORM.matcher(new String(last, StandardCharsets.ISO_8859_1));
    if (last.length != LENGTH || !matcher.matches()) {
      throw cut("its end is missing");
    }
    status = Integer.parseInt(matcher.group(1));
    hash = matcher.group(2);
    if (hashIsOfThis && !hash.equals(HexFormat.of().formatHex(digest.digest()))) {
      throw cut("its hash does not hold");
    }
  }

  private UnreachableException cut(String why) {
    return new UnreachableException(
        "mover.cut", what + " was cut: " + why, "run the job again; it goes on where it stopped");
  }

  /// The exit status in the pod, once the stream has been read to its end.
  int status() {
    return status;
  }

  /// The hash that the pod sent, once the stream has been read to its end.
  String hash() {
    return hash;
  }
}
