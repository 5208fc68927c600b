package dev.backstay.cluster.connection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.cluster.kubeconfig.Kubeconfig;
import dev.backstay.cluster.kubeconfig.KubeconfigFiles;
import dev.backstay.cluster.lock.OperationLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// A real HTTP or HTTPS server on the loopback, whose answers the test decides.
final class TestServer implements AutoCloseable {

  static final Timing FAST =
      new Timing(
          Duration.ofSeconds(5),
          Duration.ofMillis(1500),
          Duration.ofSeconds(3),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofMillis(10),
          5);

  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private TestServer(HttpServer server, HttpHandler handler) {
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          try (exchange) {
            handler.handle(exchange);
          }
        });
    server.start();
  }

  static TestServer http(HttpHandler handler) throws IOException {
    return new TestServer(HttpServer.create(address(), 0), handler);
  }

  static TestServer https(TestPki pki, String alias, HttpHandler handler) throws Exception {
    HttpsServer server = HttpsServer.create(address(), 0);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(pki.only(alias), pki.password());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), new TrustManager[] {new TrustAnyone()}, null);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            tls.setWantClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    return new TestServer(server, handler);
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<String> requests() {
    return requests;
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  /// A connection to a server through a kubeconfig in a folder.
  ///
  /// @param cluster fields of the cluster entry in flow style: `server: "http://…"`
  /// @param user fields of the user entry likewise
  static ClusterConnection open(
      Path folder, String cluster, String user, @Nullable TrustPrompt trust) throws IOException {
    return open(folder, cluster, user, trust, OperationLock.OPEN);
  }

  static ClusterConnection open(
      Path folder, String cluster, String user, @Nullable TrustPrompt trust, OperationLock lock)
      throws IOException {
    Path file = folder.resolve("config");
    Files.writeString(
        file,
        """
        current-context: test
        contexts: [{name: test, context: {cluster: c, user: u, namespace: shop}}]
        clusters: [{name: c, cluster: {%s}}]
        users: [{name: u, user: {%s}}]
        """
            .formatted(cluster, user));
    Path standard = trust == null ? file : folder.resolve("standard");
    Kubeconfig config = Kubeconfig.load(new KubeconfigFiles(List.of(file), true, standard));
    ConnectionSettings settings =
        new ConnectionSettings(
            environment(folder),
            folder.resolve("state"),
            InstantSource.system(),
            trust == null ? TrustPrompt.REFUSE : trust,
            false,
            lock);
    return ClusterConnection.open(config.resolve(""), Impersonation.NONE, settings, FAST);
  }

  /// With a login shell of the test's own, if there is one in the folder.
  private static Map<String, String> environment(Path folder) {
    return Map.of(
        "PATH",
        System.getenv().getOrDefault("PATH", ""),
        "SHELL",
        folder.resolve("login-shell").toString());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
