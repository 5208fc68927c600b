package dev.backstay.cluster.mover;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.model.CancelToken;
import dev.backstay.model.UnreachableException;
import dev.backstay.model.UnsupportedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One exec by WebSocket: output is read by the caller, standard error and the status are drained
/// on the side.
final class Exec implements AutoCloseable {

  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int STATUS = 3;
  private static final Pattern EXIT_CODE =
      Pattern.compile("\"reason\":\\s*\"ExitCode\",\\s*\"message\":\\s*\"(\\d+)\"");

  private final PodSocket socket;
  private final String what;

  Exec(ClusterConnection connection, String path, Query query, String what, CancelToken cancel) {
    this.what = what;
    this.socket =
        new PodSocket(
            connection,
            path,
            query,
            "v5.channel.k8s.io, v4.channel.k8s.io",
            what,
            STDOUT,
            0,
            cancel);
  }

  /// For the input, on channel 0: no end of file follows it, the pod knows how long it is.
  PodSocket socket() {
    return socket;
  }

  InputStream output() {
    return socket.incoming();
  }

  /// The output; at its end the exit status is checked, and closing it closes the call.
  InputStream closingOutput() {
    return new FilterInputStream(socket.incoming()) {
      @Override
      public int read() throws IOException {
        int one = super.read();
        return one < 0 ? ended() : one;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        int count = super.read(into, from, length);
        return count < 0 ? ended() : count;
      }

      private int ended() {
        check();
        return -1;
      }

      @Override
      public void close() {
        Exec.this.close();
      }
    };
  }

  /// To be called when the output has ended.
  ///
  /// @throws UnsupportedException if the shell or a tool is missing in the pod
  /// @throws UnreachableException if it ended otherwise than with status 0
  void check() {
    String status = socket.side(STATUS);
    if (status.contains("\"Success\"")) {
      return;
    }
    Matcher exit = EXIT_CODE.matcher(status);
    String code = exit.find() ? exit.group(1) : "";
    String detail = socket.side(STDERR).strip();
    if (code.equals("127") || code.equals("126") || status.contains("executable file not found")) {
      throw new UnsupportedException(
          "mover.tool-missing",
          what + ": a tool is missing in the container" + (detail.isEmpty() ? "" : ": " + detail),
          "set a mover image that has busybox or coreutils");
    }
    throw new UnreachableException(
        "mover.failed",
        what
            + " ended "
            + (code.isEmpty() ? "early" : "with status " + code)
            + (detail.isEmpty() ? "" : ": " + detail),
        "look at the pod's events and run the job again");
  }

  @Override
  public void close() {
    socket.close();
  }
}
