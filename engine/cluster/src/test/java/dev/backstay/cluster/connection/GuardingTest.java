package dev.backstay.cluster.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.cluster.lock.Grant;
import dev.backstay.cluster.lock.OperationLock;
import dev.backstay.model.ForbiddenException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Nothing goes round the lock: every client of a connection asks it.
class GuardingTest {

  private static final String POD = "/api/v1/namespaces/shop/pods/db-0";

  @TempDir Path folder;

  private TestServer server;
  private ClusterConnection locked;

  @BeforeEach
  void open() throws IOException {
    server = TestServer.http(exchange -> TestServer.answer(exchange, 200, "{}"));
    locked = connection(_ -> Grant.READ);
  }

  @AfterEach
  void close() {
    locked.close();
    server.close();
  }

  /// Behind a prefix, as some proxies serve the API.
  private ClusterConnection connection(OperationLock lock) throws IOException {
    String cluster = "server: \"http://127.0.0.1:" + server.port() + "/k8s/c-1/\"";
    return TestServer.open(folder, cluster, "token: t", null, lock);
  }

  private static void refused(Executable call) {
    ForbiddenException e = assertThrows(ForbiddenException.class, call);
    assertEquals("context.locked", e.code());
    assertTrue(String.valueOf(e.getMessage()).contains("context test is marked production"));
  }

  @Test
  void readingPasses() {
    locked.get(POD);
    locked.create(POD.replace("/db-0", ""), Json.object(), WriteMode.DRY_RUN);
    assertEquals(2, server.requests().size());
  }

  @Test
  void noWriteIsSent() {
    refused(() -> locked.create(POD.replace("/db-0", ""), Json.object(), WriteMode.APPLY));
    refused(() -> locked.replace(POD, Json.object(), WriteMode.APPLY));
    refused(() -> locked.patch(POD, PatchType.MERGE, Json.object(), WriteMode.APPLY));
    refused(() -> locked.apply(POD, Json.object(), true, WriteMode.APPLY));
    refused(() -> locked.delete(POD, DeleteOptions.BACKGROUND));
    refused(() -> locked.delete(POD, DeleteOptions.BACKGROUND.withMode(WriteMode.DRY_RUN)));
    refused(() -> locked.get(POD + "/proxy/admin"));
    refused(() -> locked.text("/api/v1/nodes/n/proxy/run", Query.NONE, 10));
    assertEquals(List.of(), server.requests());
  }

  @Test
  void noWebSocketIsOpened() {
    IOException failure = websocket(locked);
    assertInstanceOf(CarriedException.class, failure);
    assertEquals("context.locked", locked.explain("exec", POD, null, failure).code());
    assertEquals(List.of(), server.requests());
  }

  private static IOException websocket(ClusterConnection connection) {
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    Request request = connection.request(POD + "/exec", Query.of("command", "ls")).build();
    connection
        .streaming()
        .newWebSocket(
            request,
            new WebSocketListener() {
              @Override
              public void onFailure(WebSocket socket, Throwable t, @Nullable Response response) {
                failed.complete(t);
              }
            });
    return (IOException) failed.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void noRequestWithoutALockOfItsOwnIsSent() {
    Request bare =
        new Request.Builder()
            .url("http://127.0.0.1:" + server.port() + "/k8s/c-1" + POD)
            .post(RequestBody.create(new byte[0]))
            .build();
    assertThrows(IOException.class, () -> locked.streaming().newCall(bare).execute());
    assertThrows(IOException.class, () -> locked.api().getHttpClient().newCall(bare).execute());
    assertEquals(List.of(), server.requests());
  }

  @Test
  void noRequestOutsideThePrefixIsSent() {
    Request bare =
        new Request.Builder().url("http://127.0.0.1:" + server.port() + "/k8s/c-2" + POD).build();
    assertThrows(IOException.class, () -> locked.streaming().newCall(bare).execute());
    assertEquals(List.of(), server.requests());
  }

  @Test
  void whatIsUnderAnotherLockAsksThatOne() {
    locked.under(OperationLock.OPEN).delete(POD, DeleteOptions.BACKGROUND);
    assertEquals(1, server.requests().size());
    refused(() -> locked.delete(POD, DeleteOptions.BACKGROUND));
  }

  @Test
  void aLockThatFailsLetsNothingOut() throws IOException {
    try (ClusterConnection broken =
        connection(_ -> {
          throw new ForbiddenException("settings.broken", "no", "");
        })) {
      assertThrows(ForbiddenException.class, () -> broken.get(POD));
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  void aBackUpLooksBeforeItDeletes() throws IOException {
    try (ClusterConnection backUp = connection(_ -> Grant.BACKUP)) {
      refused(() -> backUp.delete(POD, DeleteOptions.BACKGROUND));
      assertEquals(List.of("GET /k8s/c-1" + POD), server.requests());
    }
  }
}
