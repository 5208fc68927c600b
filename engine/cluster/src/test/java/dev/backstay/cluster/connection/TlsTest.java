package dev.backstay.cluster.connection;

import static dev.backstay.cluster.connection.TestServer.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import dev.backstay.model.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS with a CA of our own: whom we trust, by which name, and as whom we come; straight and
/// through proxies.
class TlsTest {

  private static final String PATH = "/api/v1/namespaces/shop/configmaps/a";

  @TempDir static Path shared;
  private static TestPki pki;

  @TempDir Path folder;

  /// Answers with the name in the client's certificate.
  private final HttpHandler whoAmI =
      exchange -> {
        String name = "nobody";
        if (exchange instanceof HttpsExchange https) {
          try {
            name = https.getSSLSession().getPeerPrincipal().getName();
          } catch (SSLPeerUnverifiedException e) {
            name = "nobody";
          }
        }
        answer(exchange, 200, "{\"name\":\"" + name + "\"}");
      };

  @BeforeAll
  static void makeCertificates() throws Exception {
    pki = new TestPki(shared);
    pki.issue("address", "RSA", "-ext", "san=ip:127.0.0.1");
    pki.issue("named", "EC", "-ext", "san=dns:cluster.invalid");
    pki.issue("expired", "EC", "-ext", "san=ip:127.0.0.1", "-startdate", "-3d", "-validity", "1");
    pki.issue("alice", "EC");
    pki.issue("bob", "RSA");
    pki.issue("carol", "Ed25519");
  }

  private static String ca(String alias) throws Exception {
    return ", certificate-authority-data: " + TestPki.base64(pki.certificatePem(alias));
  }

  private static String certificate(String alias) throws Exception {
    return "client-certificate-data: %s, client-key-data: %s"
        .formatted(TestPki.base64(pki.certificatePem(alias)), TestPki.base64(pki.keyPem(alias)));
  }

  private static String at(String host, TestServer server) {
    return "server: \"https://" + host + ":" + server.port() + "\"";
  }

  private String name(String cluster, String user) throws Exception {
    try (ClusterConnection c = TestServer.open(folder, cluster, user, null)) {
      return c.get(PATH).path("name").asString();
    }
  }

  private String code(String cluster) {
    return assertThrows(EngineException.class, () -> name(cluster, "token: x")).code();
  }

  @Test
  void theAuthorityAndTheNameMustFit() throws Exception {
    try (TestServer server = TestServer.https(pki, "address", whoAmI)) {
      String url = at("127.0.0.1", server);
      assertEquals("nobody", name(url + ca("ca"), "token: x"));
      assertEquals("cluster.tls-untrusted", code(url + ca("otherca")));
      assertEquals("cluster.tls-untrusted", code(url));
      assertEquals("nobody", name(url + ", insecure-skip-tls-verify: true", "token: x"));
      assertEquals("kubeconfig.bad-pem", code(url + ", certificate-authority-data: bm9uc2Vuc2U="));
      Files.writeString(folder.resolve("ca.crt"), pki.certificatePem("ca"));
      assertEquals("nobody", name(url + ", certificate-authority: ca.crt", "token: x"));
      assertEquals(
          "kubeconfig.unreadable-file", code(url + ", certificate-authority: missing.crt"));
    }
    try (TestServer server = TestServer.https(pki, "named", whoAmI)) {
      String url = at("127.0.0.1", server) + ca("ca");
      assertEquals("cluster.tls-name", code(url));
      assertEquals("nobody", name(url + ", tls-server-name: cluster.invalid", "token: x"));
    }
    try (TestServer server = TestServer.https(pki, "expired", whoAmI)) {
      assertEquals("cluster.tls-expired", code(at("127.0.0.1", server) + ca("ca")));
    }
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerInPlain(plain));
      String url = "server: \"https://127.0.0.1:" + plain.getLocalPort() + "\"";
      assertEquals("cluster.tls-plain", code(url + ca("ca")));
    }
  }

  /// As Go's server does.
  private static void answerInPlain(ServerSocket listener) {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        assertTrue(socket.getInputStream().read() >= 0);
        byte[] answer = "HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(answer);
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  @Test
  void clientCertificatesOfEveryKind() throws Exception {
    try (TestServer server = TestServer.https(pki, "address", whoAmI)) {
      String cluster = at("127.0.0.1", server) + ca("ca");
      assertEquals("CN=alice", name(cluster, certificate("alice")));
      assertEquals("CN=bob", name(cluster, certificate("bob")));
      assertEquals("CN=carol", name(cluster, certificate("carol")));
      Files.writeString(folder.resolve("c.crt"), pki.certificatePem("bob"));
      Files.writeString(folder.resolve("c.key"), pki.keyPem("bob"));
      assertEquals("CN=bob", name(cluster, "client-certificate: c.crt, client-key: c.key"));
    }
  }

  @Test
  void certificatesOfPluginsRotate() throws Exception {
    Path plugin = folder.resolve("plugin");
    Files.writeString(plugin, "#!/bin/sh\ncat " + folder.resolve("credential") + "\n");
    assertTrue(plugin.toFile().setExecutable(true));
    String user =
        "exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: \"" + plugin + "\"}";
    try (TestServer server = TestServer.https(pki, "address", whoAmI)) {
      issue("alice", Instant.now().plusMillis(1200));
      try (ClusterConnection c =
          TestServer.open(folder, at("127.0.0.1", server) + ca("ca"), user, null)) {
        assertEquals("CN=alice", c.get(PATH).path("name").asString());
        issue("bob", Instant.now().plusSeconds(600));
        Pause.of(java.time.Duration.ofMillis(1300), new dev.backstay.model.CancelToken());
        assertEquals("CN=bob", c.get(PATH).path("name").asString());
      }
    }
  }

  private void issue(String alias, Instant expires) throws Exception {
    var answer = Json.object();
    answer.put("kind", "ExecCredential");
    answer.put("apiVersion", "client.authentication.k8s.io/v1beta1");
    answer
        .putObject("status")
        .put("clientCertificateData", pki.certificatePem(alias))
        .put("clientKeyData", pki.keyPem(alias))
        .put("expirationTimestamp", expires.toString());
    Files.writeString(folder.resolve("credential"), answer.toString());
  }

  @Test
  void proxiesLookUpTheName() throws Exception {
    try (TestServer server = TestServer.https(pki, "named", whoAmI);
        TestProxy proxy = new TestProxy(server.port())) {
      // Nobody but the proxy knows this host.
      String cluster = "server: \"https://cluster.invalid:6443\"" + ca("ca");
      assertEquals(
          "CN=alice",
          name(
              cluster + ", proxy-url: \"http://user:pass@127.0.0.1:" + proxy.port() + "\"",
              certificate("alice")));
      assertEquals("CONNECT cluster.invalid:6443 Basic dXNlcjpwYXNz", proxy.seen().getLast());
      assertEquals(
          "CN=alice",
          name(
              cluster + ", proxy-url: \"socks5://127.0.0.1:" + proxy.port() + "\"",
              certificate("alice")));
      assertEquals("SOCKS5 cluster.invalid:6443", proxy.seen().getLast());
      assertEquals("kubeconfig.bad-proxy", code(cluster + ", proxy-url: \"ftp://a\""));
    }
  }
}
