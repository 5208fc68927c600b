package dev.backstay.cluster.connection;

import static dev.backstay.cluster.connection.TestServer.answer;
import static dev.backstay.cluster.connection.TestServer.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Every way to authenticate that needs no TLS, against a real HTTP server; plugins are shell
/// scripts.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plugins are shell scripts")
class CredentialsTest {

  private static final String PATH = "/api/v1/namespaces/shop/configmaps/a";

  @TempDir Path folder;

  private final AtomicReference<String> accepted = new AtomicReference<>("");

  private HttpHandler guard() {
    return exchange -> {
      boolean ok = header(exchange, "Authorization").equals(accepted.get());
      answer(exchange, ok ? 200 : 401, ok ? "{}" : "{\"kind\":\"Status\",\"message\":\"no\"}");
    };
  }

  private ClusterConnection open(TestServer server, String user) throws IOException {
    return TestServer.open(folder, server(server), user, null);
  }

  private static String server(TestServer server) {
    return "server: \"http://127.0.0.1:" + server.port() + "\"";
  }

  private Path script(String name, String body) throws IOException {
    Path script = folder.resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + body);
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }

  private static String exec(Path script, String more) {
    return """
    exec: {apiVersion: client.authentication.k8s.io/v1, command: "%s", interactiveMode: Never,
           installHint: get it at example.com %s}\
    """
        .formatted(script, more);
  }

  private static String credential(String status) {
    return """
    {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{%s}}\
    """
        .formatted(status);
  }

  private int runs() throws IOException {
    Path log = folder.resolve("runs");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  @Test
  void tokensPasswordsAndImpersonation() throws Exception {
    try (TestServer server = TestServer.http(guard())) {
      accepted.set("Bearer abc");
      try (ClusterConnection c = open(server, "token: abc")) {
        c.get(PATH);
      }
      accepted.set("Basic YTpiOmM=");
      try (ClusterConnection c = open(server, "username: a, password: \"b:c\"")) {
        c.get(PATH);
      }
    }
    AtomicReference<List<String>> groups = new AtomicReference<>(List.of());
    AtomicReference<String> rest = new AtomicReference<>("");
    HttpHandler impersonated =
        exchange -> {
          groups.set(List.copyOf(exchange.getRequestHeaders().get("Impersonate-Group")));
          rest.set(
              header(exchange, "Impersonate-User")
                  + header(exchange, "Impersonate-Uid")
                  + header(exchange, "Impersonate-Extra-a.b%2Fc"));
          answer(exchange, 200, "{}");
        };
    String user =
        "token: abc, as: me, as-groups: [g, h], as-uid: \"7\", as-user-extra: {a.b/c: [x]}";
    try (TestServer server = TestServer.http(impersonated);
        ClusterConnection c = open(server, user)) {
      c.get(PATH);
      assertEquals(List.of("g", "h"), groups.get());
      assertEquals("me7x", rest.get());
    }
  }

  @Test
  void tokenFilesAreReadAgain() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "one\n");
    accepted.set("Bearer one");
    try (TestServer server = TestServer.http(guard());
        ClusterConnection c = open(server, "tokenFile: token")) {
      c.get(PATH);
      Files.writeString(token, "two\n");
      accepted.set("Bearer two");
      c.get(PATH);
      accepted.set("Bearer three");
      EngineException e = assertThrows(EngineException.class, () -> c.get(PATH));
      assertEquals("cluster.unauthenticated", e.code());
    }
  }

  @Test
  void pluginsRunOnceUntilTheirTokenIsRefused() throws Exception {
    Path plugin =
        script("plugin", "echo x >> %s/runs; cat %s/credential\n".formatted(folder, folder));
    Path credential = folder.resolve("credential");
    Files.writeString(credential, credential("\"token\":\"one\""));
    accepted.set("Bearer one");
    try (TestServer server = TestServer.http(guard());
        ClusterConnection c = open(server, exec(plugin, ""))) {
      assertEquals(0, runs());
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 20; i++) {
          var _ = threads.submit(() -> c.get(PATH));
        }
      }
      assertEquals(1, runs());
      Files.writeString(credential, credential("\"token\":\"two\""));
      accepted.set("Bearer two");
      c.get(PATH);
      c.get(PATH);
      assertEquals(2, runs());
      accepted.set("Bearer three");
      EngineException e = assertThrows(EngineException.class, () -> c.get(PATH));
      assertEquals("cluster.unauthenticated", e.code());
      assertEquals(3, runs());
    }
  }

  @Test
  void expiredCredentialsAreRenewed() throws Exception {
    Path plugin =
        script("plugin", "echo x >> %s/runs; cat %s/credential\n".formatted(folder, folder));
    Files.writeString(
        folder.resolve("credential"),
        credential(
            "\"token\":\"one\",\"expirationTimestamp\":\"" + Instant.now().plusSeconds(2) + "\""));
    accepted.set("Bearer one");
    try (TestServer server = TestServer.http(guard());
        ClusterConnection c = open(server, exec(plugin, ""))) {
      c.get(PATH);
      c.get(PATH);
      assertEquals(1, runs());
      Pause.of(Duration.ofSeconds(2), new CancelToken());
      c.get(PATH);
      assertEquals(2, runs());
    }
  }

  @Test
  void pluginsAreToldAboutTheCluster() throws Exception {
    Path plugin =
        script(
            "plugin",
            """
            printf '%%s' "$KUBERNETES_EXEC_INFO" > %s/info
            echo '%s'
            """
                .formatted(folder, credential("\"token\":\"'$EXTRA$1'\"")));
    accepted.set("Bearer from-env-argument");
    try (TestServer server = TestServer.http(guard());
        ClusterConnection c =
            TestServer.open(
                folder,
                server(server)
                    + ", extensions: [{name: client.authentication.k8s.io/exec, extension: {a:"
                    + " [1]}}]",
                exec(
                    plugin,
                    ", provideClusterInfo: true, args: [argument],"
                        + " env: [{name: EXTRA, value: from-env-}]"),
                null)) {
      c.get(PATH);
      var info = Json.MAPPER.readTree(Files.readString(folder.resolve("info")));
      assertEquals(c.server(), info.at("/spec/cluster/server").asString());
      assertEquals(1, info.at("/spec/cluster/config/a/0").asInt());
      assertFalse(info.at("/spec/interactive").asBoolean());
    }
  }

  private EngineException failing(String body) throws Exception {
    Path plugin = script("plugin", body);
    try (TestServer server = TestServer.http(guard());
        ClusterConnection c = open(server, exec(plugin, ""))) {
      EngineException e = assertThrows(EngineException.class, () -> c.get(PATH));
      assertEquals(List.of(), server.requests());
      return e;
    }
  }

  @Test
  void pluginsThatFailSayWhy() throws Exception {
    EngineException e = failing("echo 'token has expired, run aws sso login' >&2; exit 7\n");
    assertEquals("kubeconfig.plugin-failed", e.code());
    assertTrue(
        String.valueOf(e.getMessage()).endsWith("status 7: token has expired, run aws sso login"),
        e.getMessage());
    assertTrue(e.remedy().contains("get it at example.com"), e.remedy());
    assertEquals("kubeconfig.plugin-nonsense", failing("echo hello\n").code());
    assertEquals("kubeconfig.plugin-nonsense", failing("echo '{}'\n").code());
    assertEquals("kubeconfig.plugin-nonsense", failing("echo '" + credential("") + "'\n").code());
    assertEquals("kubeconfig.plugin-nonsense", failing("yes | head -c 9000000\n").code());
    assertEquals("kubeconfig.plugin-timed-out", failing("sleep 1000\n").code());
  }

  @Test
  void missingPluginsAreNamed() throws Exception {
    try (TestServer server = TestServer.http(guard());
        ClusterConnection c = open(server, exec(Path.of("no-such-plugin"), ""))) {
      EngineException e = assertThrows(EngineException.class, () -> c.get(PATH));
      assertEquals("kubeconfig.plugin-missing", e.code());
      assertTrue(
          String.valueOf(e.getMessage())
              .startsWith("the credential plugin no-such-plugin was not found; searched: /"),
          e.getMessage());
      assertTrue(e.remedy().contains("get it at example.com"));
    }
  }

  @Test
  void requirement5TheLoginShellIsAskedForPluginsThatAreNotOnThePath() throws Exception {
    Files.createDirectories(folder.resolve("elsewhere"));
    script("elsewhere/hidden-plugin", "echo '" + credential("\"token\":\"one\"") + "'\n");
    script("login-shell", "PATH=" + folder.resolve("elsewhere") + ":$PATH\neval \"$3\"\n");
    accepted.set("Bearer one");
    try (TestServer server = TestServer.http(guard());
        ClusterConnection c = open(server, exec(Path.of("hidden-plugin"), ""))) {
      c.get(PATH);
    }
  }

  @Test
  void cancellingEndsAPlugin() throws Exception {
    Path plugin = script("plugin", "sleep 1000\n");
    CancelToken cancel = new CancelToken();
    try (TestServer server = TestServer.http(guard());
        ClusterConnection c = open(server, exec(plugin, ""))) {
      Thread.ofVirtual()
          .start(() -> {
            Pause.of(Duration.ofMillis(300), new CancelToken());
            cancel.cancel();
          });
      long start = System.nanoTime();
      assertThrows(CancelledException.class, () -> c.under(cancel).get(PATH));
      assertTrue(System.nanoTime() - start < 2_500_000_000L);
    }
  }

  @Test
  void foreignFilesAskOnceBeforeTheyRunAProgram() throws Exception {
    Path plugin = script("plugin", "echo '" + credential("\"token\":\"one\"") + "'\n");
    accepted.set("Bearer one");
    AtomicInteger asked = new AtomicInteger();
    TrustPrompt yes =
        (file, command) -> {
          asked.incrementAndGet();
          return command.getFirst().equals(plugin.toString());
        };
    try (TestServer server = TestServer.http(guard())) {
      String user = exec(plugin, "");
      try (ClusterConnection c =
          TestServer.open(folder, server(server), user, (f, command) -> false)) {
        ForbiddenException e = assertThrows(ForbiddenException.class, () -> c.get(PATH));
        assertEquals("kubeconfig.plugin-not-trusted", e.code());
      }
      for (int i = 0; i < 3; i++) {
        try (ClusterConnection c = TestServer.open(folder, server(server), user, yes)) {
          c.get(PATH);
        }
      }
      assertEquals(1, asked.get());
      String changed = exec(plugin, ", args: [other]");
      try (ClusterConnection c = TestServer.open(folder, server(server), changed, yes)) {
        c.get(PATH);
      }
      assertEquals(2, asked.get());
    }
  }
}
