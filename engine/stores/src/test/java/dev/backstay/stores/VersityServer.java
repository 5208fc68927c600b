package dev.backstay.stores;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstay.model.StorePlace.Bucket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// versitygw over a folder, in a process of its own. Found in the folder that `PEERS` names.
final class VersityServer implements AutoCloseable {

  private final Process process;
  private final int port;

  private VersityServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static VersityServer start(Path folder) throws Exception {
    String peers = System.getenv().getOrDefault("PEERS", "");
    Path program = Path.of(peers, "versitygw");
    assumeTrue(!peers.isEmpty() && Files.isExecutable(program), "no versitygw in PEERS");
    Path data = Files.createDirectories(folder.resolve("data"));
    Path versions = Files.createDirectories(folder.resolve("versions"));
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                program.toString(),
                "--port",
                "127.0.0.1:" + port,
                "posix",
                "--versioning-dir",
                versions.toString(),
                data.toString()));
    builder.environment().put("ROOT_ACCESS_KEY", ProxyServer.ID);
    builder.environment().put("ROOT_SECRET_KEY", ProxyServer.SECRET);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    VersityServer server = new VersityServer(builder.start(), port);
    server.await(folder.resolve("log"));
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void await(Path log) throws Exception {
    for (int i = 0; i < 300; i++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new IOException("versitygw did not start: " + Files.readString(log));
  }

  Bucket place(String rest) {
    return ProxyServer.place(port, rest);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
