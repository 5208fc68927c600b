package dev.backstay.cluster.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/// Sockets whose other end is asked after 15 s of silence whether it is still there, and given up
/// half a minute after it went: the system's own keep-alive begins after two hours. It is also what
/// keeps a quiet stream's entry in NATs and firewalls.
///
/// WebSocket pings would not do: whoever reads slowly on purpose (a slow repository, a slow volume)
/// would get the answer too late and lose a stream that is sound.
final class KeptAlive extends SocketFactory {

  private static final int IDLE_SECONDS = 15;
  private static final int INTERVAL_SECONDS = 5;
  private static final int PROBES = 3;

  static <S extends Socket> S keep(S socket) throws IOException {
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    option(socket, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
    option(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
    option(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    return socket;
  }

  private static void option(Socket socket, SocketOption<Integer> option, int value)
      throws IOException {
    if (socket.supportedOptions().contains(option)) {
      socket.setOption(option, value);
    }
  }

  /// The only one that OkHttp calls.
  @Override
  public Socket createSocket() throws IOException {
    return keep(new Socket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return keep(new Socket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return keep(new Socket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return keep(new Socket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return keep(new Socket(host, port, local, localPort));
  }
}
