package dev.backstay.stores;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstay.model.StoreOptions;
import dev.backstay.model.UnreachableException;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreContract;
import dev.backstay.repository.store.StoreKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// The contract over S3Proxy, with each way of putting.
class S3StoreTest {

  private static ProxyServer server;

  @BeforeAll
  static void start() throws Exception {
    server = ProxyServer.inMemory();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static ObjectStore fresh(String... options) {
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      named.put(options[i], options[i + 1]);
    }
    return server.store("b-" + UUID.randomUUID() + "/some/prefix", StoreOptions.of(named));
  }

  @Nested
  class AsItComes extends StoreContract {
    @Override
    protected ObjectStore make() {
      return fresh();
    }
  }

  @Nested
  class WithChecksums extends StoreContract {
    @Override
    protected ObjectStore make() {
      return fresh("checksums", "on", "conditional-put", "on");
    }

    @Test
    void whatArrivesDamagedIsRefused() {
      StoreKey key = named(FileKind.PACK, new byte[] {1});
      var e = assertThrows(UnreachableException.class, () -> store.put(key, new byte[] {2}));
      assertEquals("store.busy", e.code());
      assertEquals(List.of(), store.list(FileKind.PACK));
    }
  }

  @Nested
  class HeadFirst extends StoreContract {
    @Override
    protected ObjectStore make() {
      return fresh("conditional-put", "off");
    }

    /// Two heads before two puts: this is what conditional puts are for.
    @Override
    protected void ofManyWhoWantANameOneWins() {}
  }

  @Nested
  class InParts extends StoreContract {
    @Override
    protected ObjectStore make() {
      return fresh("multipart-above", "1MiB");
    }
  }

  @Nested
  class AroundIt extends StoreContract {
    @Override
    protected ObjectStore make() {
      return new RetryingStore(
          new LimitedStore(new ThrottledStore(fresh(), 1L << 30, 1L << 30), 4),
          RetryPolicy.lasting(java.time.Duration.ofSeconds(5)),
          _ -> {});
    }
  }

  @Test
  void listsMoreThanOnePage() {
    try (ObjectStore store = fresh()) {
      store.create();
      List<StoreKey> all = new ArrayList<>();
      for (int i = 0; i < 2100; i++) {
        all.add(new StoreKey(FileKind.PACK, String.format("%02x%062x", i % 256, i)));
      }
      InParallel.each(all, 16, key -> store.put(key, new byte[1]));
      assertEquals(2100, store.list(FileKind.PACK).stream().distinct().count());
      store.deleteAll(all);
      assertEquals(List.of(), store.list(FileKind.PACK));
    }
  }

  @Test
  void foreignObjectsAreLeftOut() {
    try (S3Store store = server.store("foreign/p", StoreOptions.DEFAULT);
        S3Client client =
            S3Clients.open(
                S3Settings.of(server.place("foreign/p"), StoreOptions.DEFAULT, Map.of()),
                ProxyServer.environment())) {
      store.create();
      for (String key :
          List.of(
              "p/locks/readme",
              "p/data/00/" + "ab".repeat(32),
              "p/data/" + "ab".repeat(32),
              "p2/locks/" + "ab".repeat(32))) {
        client.putObject(put -> put.bucket("foreign").key(key), RequestBody.fromString("x"));
      }
      assertEquals(List.of(), store.list(FileKind.LOCK));
      assertEquals(List.of(), store.list(FileKind.PACK));
    }
  }

  @Test
  void aBucketThatIsMissingIsNamed() {
    try (ObjectStore store = fresh()) {
      assertEquals(
          "store.no-bucket",
          assertThrows(
                  dev.backstay.model.NotFoundException.class, () -> store.list(FileKind.SNAPSHOT))
              .code());
      assertThrows(dev.backstay.model.NotFoundException.class, store::requirePlace);
      assertEquals(false, store.exists(StoreKey.CONFIG));
    }
  }

  @Test
  void retentionWithoutObjectLockIsToldBeforeAnythingIsBelieved() {
    try (ObjectStore store = fresh("retention", "1d", "checksums", "on")) {
      byte[] bytes = "x".getBytes(StandardCharsets.US_ASCII);
      var e =
          assertThrows(
              dev.backstay.model.EngineException.class,
              () -> {
                store.create();
                store.put(StoreKey.CONFIG, bytes);
              });
      assertEquals(false, e.retryable(), e.code());
    }
  }

  @Test
  void readsInTheMiddle() {
    try (ObjectStore store = fresh()) {
      store.create();
      store.put(StoreKey.CONFIG, "0123456789".getBytes(StandardCharsets.US_ASCII));
      byte[] into = new byte[3];
      store.read(StoreKey.CONFIG, 4, into, 0, 3);
      assertArrayEquals("456".getBytes(StandardCharsets.US_ASCII), into);
      store.read(StoreKey.CONFIG, 4, into, 0, 0);
    }
  }
}
