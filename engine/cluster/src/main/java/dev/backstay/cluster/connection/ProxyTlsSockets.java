package dev.backstay.cluster.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Sockets to a proxy that itself speaks TLS (`proxy-url: https://…`), trusted by the system's
/// authorities. OkHttp then sends its CONNECT through them.
final class ProxyTlsSockets extends SocketFactory {

  private final SSLSocketFactory sockets;

  ProxyTlsSockets(SSLSocketFactory sockets) {
    this.sockets = sockets;
  }

  /// The only one that OkHttp calls; it connects the socket by itself.
  @Override
  public Socket createSocket() throws IOException {
    return verifying(KeptAlive.keep(sockets.createSocket()));
  }

  private static Socket verifying(Socket socket) {
    if (socket instanceof SSLSocket tls) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
    }
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return verifying(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return verifying(sockets.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return verifying(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return verifying(sockets.createSocket(host, port, local, localPort));
  }
}
