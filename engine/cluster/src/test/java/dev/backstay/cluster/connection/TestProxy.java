package dev.backstay.cluster.connection;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy for CONNECT (with a password) and SOCKS5 that leads everything to one local port.
final class TestProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final List<String> seen = new CopyOnWriteArrayList<>();

  TestProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  List<String> seen() {
    return seen;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      int first = in.readUnsignedByte();
      boolean open = first == 5 ? socks(in, client.getOutputStream()) : connect(in, client);
      if (open) {
        Thread back = Thread.ofVirtual().start(() -> pump(server, client));
        pump(client, server);
        back.join();
      }
    } catch (IOException e) {
      seen.add("broken " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean connect(DataInputStream in, Socket client) throws IOException {
    StringBuilder head = new StringBuilder("C");
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    String authorization = "";
    for (String line : head.toString().split("\r\n")) {
      if (line.startsWith("Proxy-Authorization: ")) {
        authorization = line.substring("Proxy-Authorization: ".length());
      }
    }
    String status = authorization.isEmpty() ? "407 Who are you" : "200 OK";
    seen.add(head.substring(0, head.indexOf(" HTTP/")) + " " + authorization);
    String challenge = authorization.isEmpty() ? "Proxy-Authenticate: Basic realm=x\r\n" : "";
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 " + status + "\r\n" + challenge + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    return !authorization.isEmpty();
  }

  private boolean socks(DataInputStream in, OutputStream out) throws IOException {
    in.skipNBytes(in.readUnsignedByte());
    out.write(new byte[] {5, 0});
    in.skipNBytes(3);
    if (in.readUnsignedByte() != 3) {
      seen.add("SOCKS5 with an address instead of a name");
      return false;
    }
    byte[] name = in.readNBytes(in.readUnsignedByte());
    seen.add("SOCKS5 " + new String(name, StandardCharsets.UTF_8) + ":" + in.readUnsignedShort());
    out.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
    return true;
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
