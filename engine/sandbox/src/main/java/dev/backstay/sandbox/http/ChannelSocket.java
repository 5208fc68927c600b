package dev.backstay.sandbox.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/// Kubernetes' channels over a WebSocket: the first byte of each message names the channel. One
/// incoming channel is read; the next message is asked for when the last one was read, so the
/// sender waits for the reader.
public final class ChannelSocket implements Session.Listener {

  private static final int CLOSED_CHANNEL = 255;
  private static final int LARGEST = 32_768;
  private static final byte[] END = {};

  private final int inChannel;
  private final Throttle throttle;
  private final Consumer<ChannelSocket> work;
  private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(4);
  private volatile @Nullable Session session;
  private volatile boolean ended;

  /// @param work runs in a thread of its own once the socket is open; the socket is closed after it
  ChannelSocket(int inChannel, Throttle throttle, Consumer<ChannelSocket> work) {
    this.inChannel = inChannel;
    this.throttle = throttle;
    this.work = work;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    opened.demand();
    Thread.ofVirtual()
        .name("sandbox-stream")
        .start(() -> {
          work.accept(this);
          opened.close(1000, "", Callback.NOOP);
        });
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    byte[] message = new byte[payload.remaining()];
    payload.get(message);
    callback.succeed();
    Session open = session;
    if (message.length > 1 && (message[0] & 0xff) == inChannel) {
      incoming.add(message);
    } else {
      if (message.length == 2 && (message[0] & 0xff) == CLOSED_CHANNEL && message[1] == inChannel) {
        end();
      }
      if (open != null) {
        open.demand();
      }
    }
  }

  @Override
  public void onWebSocketText(String text) {
    Session open = session;
    if (open != null) {
      open.demand();
    }
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    end();
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    callback.succeed();
    end();
  }

  private void end() {
    ended = true;
    incoming.offer(END);
  }

  private boolean isOpen() {
    Session open = session;
    return open != null && open.isOpen();
  }

  /// One message on a channel.
  void send(int channel, byte[] data, int from, int length) throws IOException {
    Session open = session;
    if (open == null || !open.isOpen()) {
      throw new IOException("the client is gone");
    }
    byte[] message = new byte[length + 1];
    message[0] = (byte) channel;
    System.arraycopy(data, from, message, 1, length);
    if (!throttle.pass(length, this::isOpen)) {
      cut();
    }
    Callback.Completable sent = new Callback.Completable();
    open.sendBinary(ByteBuffer.wrap(message), sent);
    try {
      sent.get(10, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IOException(e);
    }
  }

  /// Breaks the connection without a word, as a network does.
  void cut() throws IOException {
    Session open = session;
    if (open != null) {
      open.disconnect();
    }
    throw new IOException("cut on demand");
  }

  /// What comes in on the channel that is read.
  InputStream input() {
    return new Input();
  }

  OutputStream output(int channel) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] data, int from, int length) throws IOException {
        for (int at = 0; at < length; at += LARGEST) {
          send(channel, data, from + at, Math.min(LARGEST, length - at));
        }
      }
    };
  }

  private final class Input extends InputStream {
    private byte[] message = {};
    private int at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (at >= message.length && !next()) {
        return -1;
      }
      int count = Math.min(length, message.length - at);
      System.arraycopy(message, at, into, from, count);
      at += count;
      if (at >= message.length) {
        Session open = session;
        if (open != null && open.isOpen()) {
          open.demand();
        }
      }
      return count;
    }

    private boolean next() throws IOException {
      try {
        byte[] got = ended ? incoming.poll() : incoming.take();
        if (got == null || got.length == 0) {
          incoming.offer(END);
          return false;
        }
        if (!throttle.pass(got.length, ChannelSocket.this::isOpen)) {
          cut();
        }
        message = got;
        at = 1;
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }
}
