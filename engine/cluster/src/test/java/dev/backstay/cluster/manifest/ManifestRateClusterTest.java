package dev.backstay.cluster.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.cluster.RealCluster;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.DeleteOptions;
import dev.backstay.cluster.connection.Json;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.model.CancelToken;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// How fast a namespace of 10,000 objects is listed and turned into YAML.
@Tag("cluster")
class ManifestRateClusterTest {

  private static final int OBJECTS = 10_000;

  private final String namespace = "connect-" + UUID.randomUUID().toString().substring(0, 8);
  private ClusterConnection connection;

  @BeforeEach
  void fillNamespace() throws InterruptedException {
    connection = RealCluster.open();
    connection.create("/api/v1/namespaces", named("Namespace", namespace), WriteMode.APPLY);
    Semaphore places = new Semaphore(32);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < OBJECTS; i++) {
        places.acquire();
        ObjectNode map = named("ConfigMap", "map-" + i);
        map.putObject("data")
            .put("key", "value " + i)
            .put("text", "line one\nline two\n".repeat(20));
        var _ =
            threads.submit(() -> {
              String path = "/api/v1/namespaces/" + namespace + "/configmaps";
              connection.create(path, map, WriteMode.APPLY);
              places.release();
            });
      }
    }
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
  void moreThanAThousandASecond() {
    ServedTypes types = ServedTypes.discover(connection);
    for (int run = 1; run <= 3; run++) {
      System.gc();
      ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
      AtomicLong bytes = new AtomicLong();
      long start = System.nanoTime();
      ManifestReading reading =
          new ManifestReader(connection, types)
              .read(
                  namespace,
                  ManifestSelection.ALL,
                  manifest -> bytes.addAndGet(manifest.yaml().bytes().length),
                  new CancelToken());
      double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
      double rate = reading.total() / seconds;
      System.out.printf(
          "manifests: run %d, %d objects, %d KiB of YAML, %.2f s, %.0f/s, peak heap %d MiB%n",
          run, reading.total(), bytes.get() >> 10, seconds, rate, peakHeap() >> 20);
      assertEquals(OBJECTS, reading.counts().getOrDefault("configmaps", 0L) - 1);
      assertTrue(rate > 1_000, "only " + rate + " manifests a second");
    }
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
