package dev.backstay.app.window;

import dev.backstay.model.StorageException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// There is one window for each state folder: a second start hands its wish to the first, through a
/// socket that only this user can reach. A lock that the operating system takes back when a process
/// dies says who is first.
public final class OneWindow implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OneWindow.class);

  /// Of a wish, in bytes.
  private static final int LONGEST = 1 << 16;

  private final Path socket;
  private final FileChannel file;
  private final @Nullable FileLock lock;
  private @Nullable ServerSocketChannel server;

  private OneWindow(Path socket, FileChannel file, @Nullable FileLock lock) {
    this.socket = socket;
    this.file = file;
    this.lock = lock;
  }

  public static OneWindow claim(Path state) {
    try {
      FileChannel file =
          FileChannel.open(
              state.resolve("window.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return new OneWindow(state.resolve("window.sock"), file, lock(file));
    } catch (IOException e) {
      throw new StorageException(
          "window.lock",
          "the folder " + state + " cannot be used: " + e.getMessage(),
          "name another place with BACKSTAY_HOME",
          e);
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // in this very process
    }
  }

  /// Whether this process has the window.
  public boolean first() {
    return lock != null;
  }

  /// From now on, hears of later starts.
  ///
  /// @param wishes does what is asked, and answers why not, or with nothing
  public void listen(Function<Wish, String> wishes) {
    try {
      Files.deleteIfExists(socket);
      ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      opened.bind(UnixDomainSocketAddress.of(socket));
      server = opened;
      Thread.ofPlatform().daemon().name("one-window").start(() -> accept(opened, wishes));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("a second start will not find this window", e);
    }
  }

  private static void accept(ServerSocketChannel server, Function<Wish, String> wishes) {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept()) {
        String answer = wishes.apply(Wish.parse(read(client)));
        client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException | IllegalArgumentException e) {
        LOG.debug("a second start broke off", e);
      }
    }
  }

  private static String read(SocketChannel channel) throws IOException {
    byte[] bytes = Channels.newInputStream(channel).readNBytes(LONGEST);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// Tells the first process what this one was asked for.
  ///
  /// @return why that is not done, empty if it is
  public String handOver(Wish wish) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(wish.text().getBytes(StandardCharsets.UTF_8)));
      channel.shutdownOutput();
      return read(channel);
    } catch (IOException e) {
      throw new StorageException(
          "window.busy",
          "Backstay is running already and does not answer",
          "look for its window, or end that process",
          e);
    }
  }

  @Override
  public void close() {
    try {
      if (server != null) {
        server.close();
        Files.deleteIfExists(socket);
      }
      file.close();
    } catch (IOException e) {
      LOG.debug("the window's lock was not released cleanly", e);
    }
  }
}
