package dev.backstay.cluster.connection;

import static dev.backstay.cluster.connection.TestServer.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Retries, errors, lists and watches against a real HTTP server.
class CallsTest {

  private static final String PATH = "/api/v1/namespaces/shop/configmaps";

  @TempDir Path folder;

  /// What a test does with a connection and its server.
  private interface Body {
    void with(ClusterConnection connection, TestServer server) throws Exception;
  }

  private void serving(HttpHandler handler, Body body) throws Exception {
    try (TestServer server = TestServer.http(handler);
        ClusterConnection connection =
            TestServer.open(folder, server(server), "token: t0ken", null)) {
      body.with(connection, server);
    }
  }

  private static String server(TestServer server) {
    return "server: \"http://127.0.0.1:" + server.port() + "/prefix\"";
  }

  private static EngineException fails(Runnable call) {
    EngineException e = assertThrows(EngineException.class, call::run);
    assertFalse(String.valueOf(e.getMessage()).contains("t0ken"));
    return e;
  }

  @Test
  void busyServersAreAskedAgainAlsoForWrites() throws Exception {
    AtomicInteger count = new AtomicInteger();
    serving(
        exchange -> {
          if (count.incrementAndGet() < 4) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            answer(exchange, 429, "");
          } else {
            answer(exchange, 200, "{\"a\":1}");
          }
        },
        (connection, server) -> {
          ObjectNode made = connection.create(PATH, Json.object(), WriteMode.DRY_RUN);
          assertEquals(1, made.path("a").asInt());
          assertEquals(4, server.requests().size());
          assertEquals(
              "POST /prefix" + PATH + "?fieldManager=backstay&dryRun=All",
              server.requests().getFirst());
        });
  }

  @Test
  void serverErrorsAreRetriedForReadsOnly() throws Exception {
    serving(
        exchange -> answer(exchange, 500, "{\"kind\":\"Status\",\"message\":\"etcd\"}"),
        (connection, server) -> {
          assertEquals(
              "cluster.server-error",
              fails(() -> connection.create(PATH, Json.object(), WriteMode.APPLY)).code());
          assertEquals(1, server.requests().size());
          EngineException e = fails(() -> connection.get(PATH + "/a"));
          assertTrue(e.retryable());
          assertTrue(String.valueOf(e.getMessage()).contains("etcd"), e.getMessage());
          assertEquals(6, server.requests().size());
        });
  }

  @Test
  void everyRefusalHasItsError() throws Exception {
    serving(
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          int code = Integer.parseInt(path.substring(path.lastIndexOf('/') + 2));
          String reason = code == 409 ? "AlreadyExists" : "";
          String status =
              "{\"kind\":\"Status\",\"reason\":\"%s\",\"message\":\"because\",\"code\":%d}"
                  .formatted(reason, code);
          answer(exchange, code, status);
        },
        (connection, server) -> {
          assertEquals("cluster.invalid", fails(() -> connection.get(PATH + "/c422")).code());
          assertEquals(
              "cluster.unauthenticated", fails(() -> connection.get(PATH + "/c401")).code());
          EngineException forbidden = fails(() -> connection.get(PATH + "/c403"));
          assertEquals("cluster.forbidden", forbidden.code());
          assertEquals(
              "you may not get configmaps c403 in namespace shop: because", forbidden.getMessage());
          assertEquals("cluster.not-found", fails(() -> connection.get(PATH + "/c404")).code());
          assertEquals("cluster.unsupported", fails(() -> connection.get(PATH + "/c405")).code());
          assertEquals(
              "cluster.already-exists", fails(() -> connection.get(PATH + "/c409")).code());
          assertEquals("cluster.gone", fails(() -> connection.get(PATH + "/c410")).code());
          assertTrue(connection.find(PATH + "/c404").isEmpty());
          assertTrue(connection.delete(PATH + "/c404", DeleteOptions.BACKGROUND).isEmpty());
        });
  }

  @Test
  void loginPagesAndRedirectsAreNoApi() throws Exception {
    serving(
        exchange -> {
          if (exchange.getRequestURI().getPath().endsWith("html")) {
            answer(exchange, 200, "<html>please log in</html>");
          } else {
            exchange.getResponseHeaders().set("Location", "https://login.example/?ticket=s3cret");
            answer(exchange, 302, "");
          }
        },
        (connection, server) -> {
          assertEquals("cluster.not-an-api", fails(() -> connection.get(PATH + "/html")).code());
          EngineException e = fails(() -> connection.get(PATH + "/x"));
          assertEquals("cluster.redirected", e.code());
          assertTrue(String.valueOf(e.getMessage()).contains("https://login.example/"));
          assertFalse(String.valueOf(e.getMessage()).contains("s3cret"));
          assertEquals(
              "cluster.not-an-api",
              fails(() -> connection.list(PATH + "/html", Query.NONE).next()).code());
        });
  }

  @Test
  void silentAndAbsentServers() throws Exception {
    serving(
        exchange -> Pause.of(Duration.ofSeconds(6), new CancelToken()),
        (connection, server) -> {
          assertEquals("cluster.timed-out", fails(() -> connection.get(PATH)).code());
          assertEquals(2, server.requests().size());
          CancelToken cancel = new CancelToken();
          Thread.ofVirtual()
              .start(() -> {
                Pause.of(Duration.ofMillis(200), new CancelToken());
                cancel.cancel();
              });
          long start = System.nanoTime();
          assertThrows(CancelledException.class, () -> connection.under(cancel).get(PATH));
          assertTrue(System.nanoTime() - start < 1_300_000_000L);
        });
    int closed;
    try (TestServer gone = TestServer.http(exchange -> {})) {
      closed = gone.port();
    }
    String cluster = "server: \"http://127.0.0.1:" + closed + "\"";
    try (ClusterConnection connection = TestServer.open(folder, cluster, "", null)) {
      assertEquals("cluster.unreachable", fails(() -> connection.get(PATH)).code());
    }
    String unknown = "server: \"https://no-such-host.invalid\"";
    try (ClusterConnection connection = TestServer.open(folder, unknown, "", null)) {
      EngineException e = fails(() -> connection.get(PATH));
      assertEquals("cluster.unreachable", e.code());
      assertTrue(String.valueOf(e.getMessage()).contains("not known to the DNS"), e.getMessage());
    }
  }

  @Test
  void jobsAskNoServerThatIsSilentUntilItAnswersAgain() throws Exception {
    AtomicInteger silent = new AtomicInteger(1);
    serving(
        exchange -> {
          if (silent.getAndDecrement() > 0) {
            Pause.of(Duration.ofSeconds(6), new CancelToken());
          } else {
            answer(exchange, 200, "{}");
          }
        },
        (connection, server) -> {
          ClusterConnection job = connection.unlessSilent();
          job.get(PATH); // answered at the second attempt
          silent.set(2);
          fails(() -> connection.get(PATH));
          int asked = server.requests().size();
          EngineException e = fails(() -> job.get(PATH));
          assertEquals(ClusterConnection.SILENT, e.code());
          assertTrue(e.remedy().contains("backstay cleanup"), e.remedy());
          fails(() -> job.delete(PATH + "/a", DeleteOptions.BACKGROUND));
          fails(() -> job.awaitGone(PATH, "a", null, Duration.ofMinutes(1)));
          assertEquals(asked, server.requests().size());
          connection.get(PATH);
          job.get(PATH);
        });
  }

  private static String list(String more, String... names) {
    StringBuilder items = new StringBuilder();
    for (String name : names) {
      items.append(items.isEmpty() ? "" : ",").append("{\"metadata\":{\"name\":\"" + name + "\"}}");
    }
    return """
    {"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"7","continue":"%s"},
     "items":[%s]}\
    """
        .formatted(more, items);
  }

  private static List<String> names(Iterator<ObjectNode> objects) {
    List<String> names = new ArrayList<>();
    objects.forEachRemaining(o -> {
      assertEquals("ConfigMap", o.path("kind").asString());
      assertEquals("v1", o.path("apiVersion").asString());
      names.add(o.at("/metadata/name").asString());
    });
    return names;
  }

  @Test
  void listsGoOnAfterAnExpiredToken() throws Exception {
    serving(
        exchange -> {
          String query = String.valueOf(exchange.getRequestURI().getQuery());
          if (query.contains("continue=old")) {
            answer(
                exchange,
                410,
                "{\"kind\":\"Status\",\"code\":410,\"metadata\":{\"continue\":\"fresh\"}}");
          } else if (query.contains("continue=fresh")) {
            answer(exchange, 200, list("", "c"));
          } else {
            answer(exchange, 200, list("old", "a", "b"));
          }
        },
        (connection, server) ->
            assertEquals(List.of("a", "b", "c"), names(connection.list(PATH, Query.NONE))));
  }

  @Test
  void largeObjectsAreFetchedInSmallPages() throws Exception {
    String large = "x".repeat(1 << 20);
    serving(
        exchange -> {
          String query = String.valueOf(exchange.getRequestURI().getQuery());
          int limit = Integer.parseInt(query.replaceFirst(".*limit=([0-9]+).*", "$1"));
          int start =
              query.contains("continue=")
                  ? Integer.parseInt(query.replaceFirst(".*continue=", ""))
                  : 0;
          int end = Math.min(10, start + limit);
          String[] names = new String[end - start];
          for (int i = start; i < end; i++) {
            names[i - start] = i + large;
          }
          answer(exchange, 200, list(end == 10 ? "" : Integer.toString(end), names));
        },
        (connection, server) -> assertEquals(10, names(connection.list(PATH, Query.NONE)).size()));
  }

  @Test
  void watchesResumeAndListAgainAfter410() throws Exception {
    AtomicInteger watches = new AtomicInteger();
    AtomicInteger lists = new AtomicInteger();
    serving(
        exchange -> {
          String query = String.valueOf(exchange.getRequestURI().getQuery());
          if (!query.contains("watch=true")) {
            answer(exchange, 200, list("", "listed-" + lists.incrementAndGet()));
            return;
          }
          int n = watches.incrementAndGet();
          String line =
              n == 3
                  ? "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n"
                  : event("w" + n, 10 + n);
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(line.getBytes(StandardCharsets.UTF_8));
        },
        (connection, server) -> {
          List<String> seen = new ArrayList<>();
          try (Watch watch = connection.watch(PATH, Query.NONE, null)) {
            for (int i = 0; i < 7; i++) {
              WatchEvent event = watch.next();
              seen.add(event.type() + " " + event.object().at("/metadata/name").asString(""));
            }
          }
          assertEquals(
              List.of(
                  "RELISTED ",
                  "ADDED listed-1",
                  "MODIFIED w1",
                  "MODIFIED w2",
                  "RELISTED ",
                  "ADDED listed-2",
                  "MODIFIED w4"),
              seen);
          List<String> from =
              server.requests().stream()
                  .filter(r -> r.contains("watch=true"))
                  .map(r -> r.replaceFirst(".*resourceVersion=([0-9]+).*", "$1"))
                  .limit(4)
                  .toList();
          assertEquals(List.of("7", "11", "12", "7"), from);
        });
  }

  private static String event(String name, int version) {
    return """
    {"type":"MODIFIED","object":{"metadata":{"name":"%s","resourceVersion":"%d"}}}
    """
        .formatted(name, version);
  }
}
