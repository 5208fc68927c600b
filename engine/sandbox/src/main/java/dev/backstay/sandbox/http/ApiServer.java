package dev.backstay.sandbox.http;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The HTTP server: loopback only, a virtual thread for each request.
public final class ApiServer implements AutoCloseable {

  private static final long FOREVER = 24 * 3600 * 1000L;

  private final Server server;
  private final ServerConnector connector;
  private final ExecutorService threads;
  private final boolean tls;

  /// @param certificate none for plain HTTP
  public ApiServer(int port, Optional<Certificate> certificate)
      throws GeneralSecurityException, IOException {
    QueuedThreadPool pool = new QueuedThreadPool(12);
    pool.setName("sandbox");
    pool.setDaemon(true);
    threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sandbox-", 0).factory());
    pool.setVirtualThreadsExecutor(threads);
    server = new Server(pool);
    server.setStopTimeout(0);
    tls = certificate.isPresent();
    connector = tls ? secure(certificate.get()) : new ServerConnector(server, 1, 1, http());
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(FOREVER);
    server.addConnector(connector);
  }

  private ServerConnector secure(Certificate certificate)
      throws GeneralSecurityException, IOException {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setKeyStore(certificate.keyStore());
    ssl.setKeyStorePassword(certificate.password());
    return new ServerConnector(server, ssl, http());
  }

  private HttpConnectionFactory http() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setOutputBufferSize(65_536);
    if (tls) {
      configuration.addCustomizer(new SecureRequestCustomizer(false));
    }
    return new HttpConnectionFactory(configuration);
  }

  /// For the WebSocket container, which belongs to a server.
  Server jetty() {
    return server;
  }

  public void start(Handler handler) throws Exception {
    server.setHandler(handler);
    server.start();
  }

  public URI address() {
    return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + connector.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
