package dev.backstay.cluster.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.cluster.RealCluster;
import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.ConflictException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.TimedOutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// The raw calls against a real API server.
@Tag("cluster")
class ClusterConnectionClusterTest {

  private final String namespace = "connect-" + UUID.randomUUID().toString().substring(0, 8);
  private final String maps = "/api/v1/namespaces/" + namespace + "/configmaps";
  private ClusterConnection connection;

  @BeforeEach
  void createNamespace() {
    connection = RealCluster.open();
    connection.create("/api/v1/namespaces", named("Namespace", namespace), WriteMode.APPLY);
  }

  @AfterEach
  void deleteNamespace() {
    if (connection != null) {
      connection.delete("/api/v1/namespaces/" + namespace, DeleteOptions.BACKGROUND);
      connection.close();
    }
  }

  private static ObjectNode named(String kind, String name) {
    ObjectNode object = Json.object();
    object.put("apiVersion", "v1").put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }

  @Test
  void knowsTheClusterAndItsVersion() {
    assertTrue(connection.serverVersion().atLeast(1, 20));
    assertEquals(36, connection.clusterId().length());
  }

  @Test
  void createsReadsReplacesPatchesAppliesAndDeletes() {
    ObjectNode made = connection.create(maps, named("ConfigMap", "a"), WriteMode.APPLY);
    assertEquals("backstay", made.at("/metadata/managedFields/0/manager").asString("backstay"));
    made.putObject("data").put("k", "1");
    connection.replace(maps + "/a", made, WriteMode.APPLY);
    assertThrows(
        ConflictException.class, () -> connection.replace(maps + "/a", made, WriteMode.APPLY));
    ObjectNode patch = Json.object();
    patch.putObject("data").put("k", "2");
    connection.patch(maps + "/a", PatchType.MERGE, patch, WriteMode.DRY_RUN);
    assertEquals("1", connection.get(maps + "/a").at("/data/k").asString());
    connection.patch(maps + "/a", PatchType.MERGE, patch, WriteMode.APPLY);
    ObjectNode applied = named("ConfigMap", "b");
    applied.putObject("data").put("k", "3");
    connection.apply(maps + "/b", applied, true, WriteMode.APPLY);
    assertEquals("2", connection.get(maps + "/a").at("/data/k").asString());
    assertEquals(
        "cluster.already-exists",
        assertThrows(
                ConflictException.class,
                () -> connection.create(maps, named("ConfigMap", "a"), WriteMode.APPLY))
            .code());
    assertTrue(connection.delete(maps + "/a", DeleteOptions.BACKGROUND).isPresent());
    assertTrue(connection.delete(maps + "/a", DeleteOptions.BACKGROUND).isEmpty());
    assertThrows(
        InvalidInputException.class,
        () -> connection.create(maps, named("ConfigMap", "UPPER CASE"), WriteMode.APPLY));
  }

  @Test
  void waitsForAnObjectAndForItsEnd() throws InterruptedException {
    Thread later =
        Thread.ofVirtual()
            .start(() -> {
              Pause.of(Duration.ofMillis(500), new CancelToken());
              connection.create(maps, named("ConfigMap", "late"), WriteMode.APPLY);
            });
    String found =
        connection.await(
            maps,
            "late",
            Duration.ofSeconds(20),
            o -> o.map(m -> m.at("/metadata/name").asString()));
    assertEquals("late", found);
    later.join();
    connection.delete(maps + "/late", DeleteOptions.BACKGROUND);
    connection.awaitGone(maps, "late", null, Duration.ofSeconds(20));
    assertThrows(
        TimedOutException.class,
        () -> connection.await(maps, "late", Duration.ofSeconds(2), o -> Optional.<String>empty()));
  }

  @Test
  void cancellingEndsAWatch() {
    CancelToken cancel = new CancelToken();
    Thread.ofVirtual()
        .start(() -> {
          Pause.of(Duration.ofMillis(500), new CancelToken());
          cancel.cancel();
        });
    try (Watch watch =
        connection.under(cancel).watch(maps, Query.fields("metadata.name=x"), null)) {
      assertEquals(WatchEvent.Type.RELISTED, watch.next().type());
      assertThrows(CancelledException.class, watch::next);
    }
  }

  @Test
  void impersonatesAndSaysWhatIsForbidden() {
    Impersonation nobody = Impersonation.of("nobody@example.com", List.of("none"));
    try (ClusterConnection other = RealCluster.open(nobody)) {
      ForbiddenException e =
          assertThrows(ForbiddenException.class, () -> other.list(maps, Query.NONE).hasNext());
      assertTrue(
          String.valueOf(e.getMessage())
              .startsWith("you may not list configmaps in namespace " + namespace),
          e.getMessage());
      assertTrue(String.valueOf(e.getMessage()).contains("nobody@example.com"));
      assertFalse(other.clusterId().isEmpty());
    }
  }
}
