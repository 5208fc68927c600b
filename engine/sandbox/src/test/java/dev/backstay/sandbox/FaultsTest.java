package dev.backstay.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Sandbox sandbox;

  @BeforeEach
  void start(@TempDir Path folder) {
    sandbox = Sandbox.start(SandboxOptions.in(folder).withPlainHttp());
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(sandbox.server() + path))
        .timeout(Duration.ofSeconds(20))
        .build();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void answersAsToldSoManyTimes() throws Exception {
    sandbox.faults().answer("list", "pods", 429, 2);

    assertEquals(429, get("/api/v1/pods").statusCode());
    assertEquals("1", get("/api/v1/pods").headers().firstValue("Retry-After").orElseThrow());
    assertEquals(200, get("/api/v1/pods").statusCode());
    assertEquals(200, get("/api/v1/nodes").statusCode());
  }

  @Test
  void answersLate() throws Exception {
    sandbox.faults().delay("*", "nodes", Duration.ofMillis(300), 1);
    long before = System.nanoTime();

    assertEquals(200, get("/api/v1/nodes").statusCode());

    assertTrue(System.nanoTime() - before > 290_000_000L);
  }

  @Test
  void dropsWatches() throws Exception {
    HttpResponse<InputStream> watch =
        client.send(
            request("/api/v1/namespaces?watch=true"), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8))) {
      assertTrue(lines.readLine().contains("ADDED"));

      sandbox.faults().dropWatches();

      drain(lines);
    }
  }

  private static void drain(BufferedReader lines) {
    try {
      while (lines.readLine() != null) {
        // until it breaks or ends
      }
    } catch (IOException e) {
      assertTrue(e.getMessage() != null);
    }
  }

  @Test
  void forgetsPagesAndChanges() throws Exception {
    String token = get("/api/v1/namespaces?limit=1").body().split("\"continue\":\"")[1];
    sandbox.expirePages();
    sandbox.forgetChanges();

    String page = token.substring(0, token.indexOf('"'));
    assertEquals(410, get("/api/v1/namespaces?limit=1&continue=" + page).statusCode());
    String event = get("/api/v1/namespaces?watch=true&resourceVersion=1&timeoutSeconds=1").body();
    assertTrue(event.contains("\"ERROR\"") && event.contains("410"), event);
  }

  @Test
  void freezesAndThaws() throws Exception {
    sandbox.faults().freeze();
    Thread thaw =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(300);
                sandbox.faults().thaw();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    long before = System.nanoTime();

    assertEquals(200, get("/healthz").statusCode());

    thaw.join();
    assertTrue(System.nanoTime() - before > 250_000_000L);
  }

  @Test
  void failsVolumeSnapshotsAsTold() throws Exception {
    sandbox.faults().failVolumeSnapshots("the array is on fire");
    sandbox.apply(
        "default",
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: a}
        spec:
          storageClassName: immediate
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 1Gi}}
        ---
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshot
        metadata: {name: a}
        spec: {source: {persistentVolumeClaimName: a}}
        """);
    sandbox.settle(Duration.ofSeconds(20));

    String taken =
        sandbox.get("volumesnapshots.snapshot.storage.k8s.io", "default", "a").orElseThrow();
    assertTrue(taken.contains("the array is on fire"), taken);
  }
}
