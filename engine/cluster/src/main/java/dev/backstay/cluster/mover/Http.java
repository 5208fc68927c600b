package dev.backstay.cluster.mover;

import dev.backstay.model.UnreachableException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Just enough HTTP/1.0 for one request to the mover's listener over one forwarded connection.
final class Http {

  private Http() {}

  /// Sends the head of the request; the body follows.
  static void head(PodSocket socket, String path, long length) {
    byte[] head =
        ("POST " + path + " HTTP/1.0\r\nContent-Length: " + length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    socket.send(0, head, 0, head.length);
  }

  /// The body of the answer.
  static InputStream body(PodSocket socket, String what) {
    InputStream in = new BufferedInputStream(socket.incoming(), 64 << 10);
    try {
      String status = line(in);
      if (!status.contains(" 200")) {
        throw new UnreachableException(
            "mover.listener",
            what + ": the listener answered '" + status + "' " + socket.side(1).strip(),
            "run the job again");
      }
      while (!line(in).isEmpty()) {
        // headers say nothing that we need
      }
      return in;
    } catch (IOException e) {
      throw new UnreachableException("mover.cut", what + " was cut", "run the job again", e);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n' && line.length() < 1024; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
