package dev.backstay.stores;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.EngineException;
import dev.backstay.model.StoreOptions;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreContract;
import dev.backstay.stores.StoreFinding.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The contract over an S3 server in its own process, which knows Object Lock.
class VersityTest {

  @TempDir static Path folder;

  private static VersityServer server;

  @BeforeAll
  static void start() throws Exception {
    server = VersityServer.start(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static S3Store store(String place, Map<String, String> options) {
    return S3Store.open(
        server.place(place),
        StoreOptions.of(options),
        ProxyServer.environment(),
        InstantSource.system());
  }

  private static String fresh() {
    return "v-" + UUID.randomUUID() + "/p";
  }

  @Nested
  class AsItComes extends StoreContract {
    @Override
    protected ObjectStore make() {
      return store(fresh(), Map.of());
    }
  }

  @Nested
  class WithChecksums extends StoreContract {
    @Override
    protected ObjectStore make() {
      return store(fresh(), Map.of("checksums", "on", "conditional-put", "on"));
    }
  }

  @Nested
  class InParts extends StoreContract {
    @Override
    protected ObjectStore make() {
      return store(fresh(), Map.of("multipart-above", "1MiB"));
    }
  }

  @Test
  void theConnectionTestFindsAWay() {
    String place = fresh();
    store(place, Map.of()).create();
    StoreReport report =
        S3Probe.run(
            server.place(place),
            StoreOptions.DEFAULT,
            ProxyServer.environment(),
            InstantSource.system());
    assertTrue(
        report.findings().stream().noneMatch(f -> f.answer() == Answer.MISSING),
        report.findings()::toString);
  }

  @Test
  void lockedFilesOutliveWhoeverDeletesThem() {
    String place = fresh();
    byte[] bytes = {1, 2, 3};
    var key = Named.of(FileKind.PACK, bytes);
    try (S3Store store = store(place, Map.of("retention", "1d", "retention-mode", "compliance"))) {
      store.create();
      store.put(key, bytes);
      Instant first = until(place, key.path());
      assertTrue(first.isAfter(Instant.now().plus(Duration.ofHours(23))), first::toString);
      store.retain(List.of(key), Instant.now().plus(Duration.ofDays(3)));
      assertTrue(until(place, key.path()).isAfter(Instant.now().plus(Duration.ofDays(2))));
      assertThrows(S3Exception.class, () -> deleteVersion(place, key.path()));
      assertArrayEquals(bytes, store.get(key));
      var lock = Named.of(FileKind.LOCK, bytes);
      store.put(lock, bytes);
      store.delete(lock);
      assertEquals(List.of(), store.list(FileKind.LOCK));
    }
  }

  @Test
  void aRetentionInABucketWithoutLocksIsRefused() {
    String place = fresh();
    store(place, Map.of()).create();
    try (S3Store store = store(place, Map.of("retention", "1d"))) {
      EngineException e =
          assertThrows(
              EngineException.class,
              () -> store.put(Named.of(FileKind.PACK, new byte[1]), new byte[1]));
      assertEquals("store.no-object-lock", e.code(), String.valueOf(e.getMessage()));
      assertEquals(List.of(), store.list(FileKind.PACK));
    }
  }

  private static S3Client client(String place) {
    return S3Clients.open(
        S3Settings.of(server.place(place), StoreOptions.DEFAULT, Map.of()),
        ProxyServer.environment());
  }

  private static Instant until(String place, String path) {
    try (S3Client client = client(place)) {
      return client
          .getObjectRetention(get -> get.bucket(server.place(place).bucket()).key("p/" + path))
          .retention()
          .retainUntilDate();
    }
  }

  private static void deleteVersion(String place, String path) {
    try (S3Client client = client(place)) {
      String bucket = server.place(place).bucket();
      String version = client.headObject(head -> head.bucket(bucket).key("p/" + path)).versionId();
      client.deleteObject(delete -> delete.bucket(bucket).key("p/" + path).versionId(version));
    }
  }
}
