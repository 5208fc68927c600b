package dev.backstay.cluster.mover;

import dev.backstay.model.EngineException;
import dev.backstay.model.UnreachableException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Just enough HTTP/1.0 for one request to the mover's listener over one forwarded connection.
final class Http {

  private Http() {}

  /// Sends the request; a body of more than nothing is sent by a thread of its own.
  static void post(PodSocket socket, String path, long length, InputStream body) {
    byte[] head =
        ("POST " + path + " HTTP/1.0\r\nContent-Length: " + length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    socket.send(0, head, 0, head.length);
    Thread.ofVirtual().name("forward-input").start(() -> pump(socket, body));
  }

  private static void pump(PodSocket socket, InputStream body) {
    byte[] buffer = new byte[32 << 10];
    try {
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        socket.send(0, buffer, 0, count);
      }
    } catch (IOException | EngineException e) {
      socket.close(); // the reader of the answer sees it end without a trailer
    }
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
