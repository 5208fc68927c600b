package dev.backstay.cluster.mover;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.UnreachableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/// One WebSocket to a pod in Kubernetes' channel protocol: the first byte of each message names the
/// channel.
///
/// Incoming data waits in a bounded queue; when that is full the socket's own thread waits, TCP
/// fills up and the sender in the pod waits too. Side channels are always drained. Outgoing data
/// waits while the socket's queue is long.
final class PodSocket extends WebSocketListener implements AutoCloseable {

  private static final int FRAMES = 128;
  private static final long OUTGOING_LIMIT = 4L << 20;
  private static final int SIDE_LIMIT = 64 << 10;
  private static final int SEND_SIZE = 32 << 10;
  private static final ByteString END = ByteString.EMPTY;

  /// Silence after which the server is asked whether it is there at all: a volume may be slow, but
  /// a server that is gone must not be waited for.
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final ClusterConnection connection;
  private final String what;
  private final int dataChannel;
  private final int[] skip;
  private final BlockingQueue<ByteString> data = new ArrayBlockingQueue<>(FRAMES);
  private final ByteArrayOutputStream[] side = new ByteArrayOutputStream[4];
  private final CancelToken.Registration onCancel;
  private final CancelToken.Registration onCut;
  private final WebSocket socket;
  private volatile boolean closed;
  private volatile @Nullable EngineException failure;

  /// @param what for messages: `exec in pod shop/db-0`
  /// @param dataChannel the channel that [#incoming()] reads
  /// @param prefix how many bytes at the start of each channel are to be passed over
  PodSocket(
      ClusterConnection connection,
      String path,
      Query query,
      String protocols,
      String what,
      int dataChannel,
      int prefix,
      CancelToken cancel) {
    this.connection = connection;
    this.what = what;
    this.dataChannel = dataChannel;
    this.skip = new int[] {prefix, prefix, prefix, prefix};
    for (int i = 0; i < side.length; i++) {
      side[i] = new ByteArrayOutputStream();
    }
    this.socket =
        connection
            .streaming()
            .newWebSocket(
                connection.request(path, query).header("Sec-WebSocket-Protocol", protocols).build(),
                this);
    this.onCut = connection.onCut(() -> cut("mover.cut", "was cut while this machine slept"));
    this.onCancel = cancel.onCancel(() -> cut("mover.cut", "was stopped"));
  }

  @Override
  public void onMessage(WebSocket webSocket, ByteString message) {
    if (message.size() == 0) {
      return;
    }
    int channel = message.getByte(0);
    if (channel < 0 || channel >= side.length) {
      return;
    }
    int dropped = Math.min(skip[channel], message.size() - 1);
    skip[channel] -= dropped;
    ByteString payload = message.substring(1 + dropped);
    if (payload.size() == 0) {
      return;
    }
    if (channel == dataChannel) {
      offer(payload);
    } else {
      keep(channel, payload);
    }
  }

  private void keep(int channel, ByteString payload) {
    synchronized (side) {
      int room = SIDE_LIMIT - side[channel].size();
      side[channel].write(
          payload.toByteArray(), 0, Math.clamp(payload.size(), 0, Math.max(0, room)));
    }
  }

  private void offer(ByteString payload) {
    boolean taken = false;
    while (!taken && !closed) {
      try {
        taken = data.offer(payload, 100, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// What came on a side channel so far, as text.
  String side(int channel) {
    synchronized (side) {
      return side[channel].toString(java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    webSocket.close(1000, null);
    offer(END);
  }

  @Override
  public void onClosed(WebSocket webSocket, int code, String reason) {
    offer(END);
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable cause, @Nullable Response response) {
    if (!closed) {
      failure = refused(cause, response);
    }
    offer(END);
  }

  private EngineException refused(Throwable cause, @Nullable Response response) {
    int status = response == null ? 0 : response.code();
    return switch (status) {
      case 401, 403 ->
          new ForbiddenException(
              "mover.forbidden",
              what + " is not allowed",
              "ask for the verbs that the plan lists",
              cause);
      case 404 ->
          new NotFoundException(
              "mover.gone", what + ": the pod is gone", "run the job again", cause);
      default ->
          new UnreachableException(
              "mover.cut",
              what + " was cut: " + (status == 0 ? cause.getMessage() : "HTTP " + status),
              "run the job again; what is safe in the repository is not sent again",
              cause);
    };
  }

  /// The data channel. Ends when the other side closes; a broken connection throws the engine's
  /// error.
  InputStream incoming() {
    return new Incoming();
  }

  /// Sends bytes, waiting while too many are under way.
  void send(int channel, byte[] bytes, int from, int length) {
    for (int at = 0; at < length; at += SEND_SIZE) {
      int size = Math.min(SEND_SIZE, length - at);
      byte[] frame = new byte[size + 1];
      frame[0] = (byte) channel;
      System.arraycopy(bytes, from + at, frame, 1, size);
      awaitRoom();
      if (!socket.send(ByteString.of(frame))) {
        EngineException known = failure;
        throw known != null
            ? known
            : new UnreachableException(
                "mover.cut", what + " ended while sending", "run the job again");
      }
    }
  }

  private void awaitRoom() {
    long queued = socket.queueSize();
    long since = System.nanoTime();
    while (socket.queueSize() > OUTGOING_LIMIT && !closed && failure == null) {
      pause();
      if (socket.queueSize() != queued) {
        queued = socket.queueSize();
        since = System.nanoTime();
      } else if (System.nanoTime() - since > SILENCE.toNanos()) {
        requireServer();
        since = System.nanoTime();
      }
    }
  }

  /// Channel 0 as a stream. Closing it sends nothing.
  OutputStream outgoing() {
    return new OutputStream() {
      @Override
      public void write(int one) {
        send(0, new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        send(0, bytes, from, length);
      }
    };
  }

  private static void pause() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void cut(String code, String why) {
    failure = new UnreachableException(code, what + " " + why, "run the job again");
    close();
  }

  /// After each stretch of silence.
  private void requireServer() {
    if (!closed && !connection.answers() && !closed) {
      cut(FilesOut.SILENT, "was cut: the server does not answer any more");
    }
  }

  @Override
  public void close() {
    closed = true;
    socket.cancel();
    data.clear();
    if (!data.offer(END)) {
      data.clear();
    }
    unregister();
  }

  @SuppressWarnings("NullAway") // cut() may be called before the constructor has its registrations
  private void unregister() {
    if (onCut != null) {
      onCut.close();
    }
    if (onCancel != null) {
      onCancel.close();
    }
  }

  private final class Incoming extends InputStream {
    private @Nullable ByteString current;
    private int at;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      ByteString frame = frame();
      if (frame == null) {
        return -1;
      }
      int count = Math.min(length, frame.size() - at);
      frame.copyInto(at, into, from, count);
      at += count;
      return count;
    }

    private @Nullable ByteString frame() {
      while (!ended && (current == null || at >= current.size())) {
        current = next();
        at = 0;
        ended = current.size() == 0; // only END is empty
      }
      EngineException broken = failure;
      if (ended && broken != null) {
        throw broken;
      }
      return ended ? null : current;
    }

    private ByteString next() {
      try {
        ByteString frame = null;
        while (frame == null) {
          frame = data.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
          if (frame == null && closed) {
            return END;
          }
          if (frame == null) {
            requireServer();
          }
        }
        return frame;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return END;
      }
    }
  }
}
