package dev.backstay.stores;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.StoreNotice;
import dev.backstay.model.StoreOptions;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.stores.FaultyWire.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a store says when the network or the service fails it, and what is believed afterwards.
class S3FaultsTest {

  private static final byte[] BYTES = random(3_000_000);
  private static final StoreKey PACK = key(FileKind.PACK, BYTES);

  private ProxyServer server;
  private FaultyWire wire;
  private S3Store direct;
  private ObjectStore once;
  private ObjectStore retrying;

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(3).nextBytes(bytes);
    return bytes;
  }

  private static StoreKey key(FileKind kind, byte[] bytes) {
    try {
      return new StoreKey(
          kind,
          HexFormat.of()
              .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = ProxyServer.inMemory();
    wire = new FaultyWire(server.port());
    direct = server.store("bucket/p", StoreOptions.DEFAULT);
    direct.create();
    once = store(Map.of());
    retrying = new RetryingStore(store(Map.of()), quick(Duration.ofSeconds(20)), _ -> {});
    retrying.list(FileKind.LOCK);
  }

  private S3Store store(Map<String, String> options) {
    return S3Store.open(
        ProxyServer.place(wire.port(), "bucket/p"),
        StoreOptions.of(options),
        ProxyServer.environment(),
        InstantSource.system());
  }

  private static RetryPolicy quick(Duration budget) {
    return new RetryPolicy(
        Duration.ofMillis(5),
        Duration.ofMillis(50),
        budget,
        3,
        InstantSource.system(),
        new Random(1));
  }

  @AfterEach
  void stop() throws Exception {
    once.close();
    retrying.close();
    direct.close();
    wire.close();
    server.close();
  }

  private static boolean put(String line) {
    return line.startsWith("PUT");
  }

  private static boolean get(String line) {
    return line.startsWith("GET");
  }

  private static EngineException fails(Runnable call) {
    EngineException e = assertThrows(EngineException.class, call::run);
    assertFalse(
        String.valueOf(e.getMessage()).contains(ProxyServer.SECRET),
        String.valueOf(e.getMessage()));
    assertFalse(e.remedy().isEmpty(), e.code());
    return e;
  }

  @ParameterizedTest
  @CsvSource({
    "503,SlowDown,store.busy,true",
    "500,InternalError,store.busy,true",
    "403,AccessDenied,store.denied,false",
    "403,SignatureDoesNotMatch,store.wrong-secret,false",
    "403,InvalidAccessKeyId,store.unknown-key,false",
    "400,ExpiredToken,store.expired-credentials,false",
    "403,RequestTimeTooSkewed,store.clock-skew,false",
    "301,PermanentRedirect,store.wrong-region,false",
    "400,AuthorizationHeaderMalformed,store.wrong-region,false",
    "404,NoSuchBucket,store.no-bucket,false",
    "501,NotImplemented,store.unsupported,false",
    "507,XMinioStorageFull,store.full,false",
    "403,InvalidObjectState,store.archived,false",
    "400,BadDigest,store.busy,true",
    "418,Teapot,store.failed,false",
  })
  void whatTheServiceRefusesIsSaid(int status, String code, String ours, boolean retryable) {
    wire.order(4, S3FaultsTest::put, Fault.refused(status, code));
    EngineException e = fails(() -> once.put(PACK, BYTES));
    assertEquals(ours, e.code(), String.valueOf(e.getMessage()));
    assertEquals(retryable, e.retryable());
    assertEquals(List.of(), direct.list(FileKind.PACK));
  }

  @Test
  void whoMayNotIsToldWhichPermissionIsMissing() {
    wire.order(1, S3FaultsTest::put, Fault.refused(403, "AccessDenied"));
    assertTrue(
        fails(() -> once.put(PACK, BYTES))
            .remedy()
            .contains("s3:PutObject on arn:aws:s3:::bucket/p/*"));
    wire.order(1, S3FaultsTest::get, Fault.refused(403, "AccessDenied"));
    assertTrue(
        fails(() -> once.list(FileKind.INDEX))
            .remedy()
            .contains("s3:ListBucket on arn:aws:s3:::bucket"));
  }

  /// A HEAD's refusal has no body: the reason is asked for once more.
  @Test
  void aHeadThatIsRefusedSaysWhy() {
    wire.order(1, line -> line.startsWith("HEAD"), Fault.answered(403, ""));
    wire.order(1, S3FaultsTest::get, Fault.refused(400, "ExpiredToken"));
    assertEquals("store.expired-credentials", fails(() -> once.size(PACK)).code());
  }

  @Test
  void aWrongSecretIsToldAndNotShown() {
    Map<String, String> wrong =
        Map.of("AWS_ACCESS_KEY_ID", ProxyServer.ID, "AWS_SECRET_ACCESS_KEY", "not-the-one-88");
    try (S3Store store =
        S3Store.open(
            server.place("bucket/p"), StoreOptions.DEFAULT, wrong, InstantSource.system())) {
      EngineException e = fails(() -> store.list(FileKind.KEY));
      assertEquals("store.wrong-secret", e.code());
      assertFalse((e.getMessage() + e.remedy()).contains("not-the-one-88"));
    }
  }

  @Test
  void noCredentialsAtAll() {
    Map<String, String> none =
        Map.of("AWS_SHARED_CREDENTIALS_FILE", "/nowhere", "AWS_CONFIG_FILE", "/nowhere");
    try (S3Store store =
        S3Store.open(
            server.place("bucket/p"), StoreOptions.DEFAULT, none, InstantSource.system())) {
      assertEquals("store.no-credentials", fails(() -> store.list(FileKind.KEY)).code());
    }
  }

  @Test
  void aHostThatIsNotThereAndAPortThatIsClosed() throws Exception {
    int closed = closedPort();
    try (S3Store store =
        S3Store.open(
            ProxyServer.place(closed, "bucket"),
            StoreOptions.DEFAULT,
            ProxyServer.environment(),
            InstantSource.system())) {
      assertEquals("store.refused", fails(() -> store.list(FileKind.KEY)).code());
    }
    try (S3Store store = at("s3:http://no-such-host.invalid/bucket")) {
      assertEquals("store.unknown-host", fails(() -> store.list(FileKind.KEY)).code());
    }
    try (S3Store store = at("s3:https://127.0.0.1:" + server.port() + "/bucket")) {
      assertEquals("store.tls", fails(() -> store.list(FileKind.KEY)).code());
    }
  }

  /// Nobody ever waited at it in [ServerSocket#accept], so it is closed when this returns.
  private static int closedPort() throws IOException {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return door.getLocalPort();
    }
  }

  private static S3Store at(String location) {
    return S3Store.open(
        (dev.backstay.model.StorePlace.Bucket) dev.backstay.model.StorePlace.parse(location),
        StoreOptions.DEFAULT,
        ProxyServer.environment(),
        InstantSource.system());
  }

  @Test
  void aPageOfHtmlIsNoService() {
    for (String page :
        new String[] {"<html><body>Welcome</body></html>", "Welcome", "<p>a<br></p>"}) {
      wire.order(1, S3FaultsTest::get, Fault.answered(200, page));
      assertEquals("store.not-s3", fails(() -> once.list(FileKind.KEY)).code(), page);
    }
  }

  @Test
  void aTornUploadLeavesNothing() {
    wire.order(1, S3FaultsTest::put, Fault.tornRequest(1_000_000));
    EngineException e = fails(() -> once.put(PACK, BYTES));
    assertTrue(e.retryable(), e.code());
    assertEquals(List.of(), direct.list(FileKind.PACK));
    wire.order(3, S3FaultsTest::put, Fault.tornRequest(1_000_000));
    retrying.put(PACK, BYTES);
    assertArrayEquals(BYTES, direct.get(PACK));
  }

  @Test
  void anUploadThatTheServiceOnlyPretendsToHaveTakenIsNotBelieved() {
    wire.order(1, S3FaultsTest::put, Fault.answered(200, ""));
    EngineException e = fails(() -> once.put(PACK, BYTES));
    assertEquals("store.torn-upload", e.code());
    wire.order(2, S3FaultsTest::put, Fault.answered(200, ""));
    retrying.put(PACK, BYTES);
    assertArrayEquals(BYTES, direct.get(PACK));
  }

  /// Its entity tag is the MD5 of what arrived, so there is no need to ask for its size. Without a
  /// tag there is.
  @Test
  void aSmallFileIsConfirmedByItsTag() {
    byte[] small = random(1000);
    StoreKey lock = key(FileKind.LOCK, small);
    once.put(lock, small);
    assertEquals(List.of(), wire.seen().stream().filter(l -> l.startsWith("HEAD")).toList());
    once.deleteAll(List.of(lock));
    assertEquals(1, wire.seen().stream().filter(l -> l.startsWith("DELETE")).count());
    assertEquals(List.of(), direct.list(FileKind.LOCK));
    wire.order(1, S3FaultsTest::put, Fault.answered(200, ""));
    assertEquals("store.torn-upload", fails(() -> once.put(lock, small)).code());
  }

  @Test
  void aTornFileUnderTheNameOfAWholeOneIsReplacedByARetry() {
    byte[] half = java.util.Arrays.copyOf(BYTES, 1000);
    direct.put(PACK, half);
    assertThrows(ConflictException.class, () -> retrying.put(PACK, BYTES));
    wire.order(1, S3FaultsTest::put, Fault.refused(503, "SlowDown"));
    retrying.put(PACK, BYTES);
    assertArrayEquals(BYTES, direct.get(PACK));
  }

  @Test
  void aPutWhoseAnswerWasLostIsNoConflict() {
    wire.order(1, S3FaultsTest::put, Fault.LOST_ANSWER);
    retrying.put(PACK, BYTES);
    assertArrayEquals(BYTES, direct.get(PACK));
    wire.order(1, S3FaultsTest::put, Fault.LOST_ANSWER);
    retrying.put(StoreKey.CONFIG, new byte[] {1, 2});
    assertArrayEquals(new byte[] {1, 2}, direct.get(StoreKey.CONFIG));
  }

  @Test
  void someoneElsesConfigStaysAConflict() {
    direct.put(StoreKey.CONFIG, new byte[] {9});
    wire.order(1, line -> line.startsWith("HEAD"), Fault.refused(503, "SlowDown"));
    assertThrows(ConflictException.class, () -> retrying.put(StoreKey.CONFIG, new byte[] {1}));
    assertArrayEquals(new byte[] {9}, direct.get(StoreKey.CONFIG));
  }

  @Test
  void aDeleteWhoseAnswerWasLostIsDone() {
    direct.put(PACK, BYTES);
    wire.order(1, line -> line.startsWith("DELETE"), Fault.LOST_ANSWER);
    retrying.delete(PACK);
    assertFalse(direct.exists(PACK));
  }

  @Test
  void aConnectionCutInTheMiddleOfAGet() {
    direct.put(PACK, BYTES);
    wire.order(1, S3FaultsTest::get, Fault.cutAnswer(1_000_000));
    EngineException e = fails(() -> once.get(PACK));
    assertEquals("store.connection-cut", e.code(), String.valueOf(e.getMessage()));
    wire.order(2, S3FaultsTest::get, Fault.cutAnswer(1_000_000));
    assertArrayEquals(BYTES, retrying.get(PACK));
    byte[] into = new byte[2_000_000];
    wire.order(2, S3FaultsTest::get, Fault.cutAnswer(1_500_000));
    retrying.read(PACK, 1000, into, 0, into.length);
    assertArrayEquals(java.util.Arrays.copyOfRange(BYTES, 1000, 2_001_000), into);
  }

  @Test
  void aListingThatBreaksOffIsNoListing() {
    for (int i = 0; i < 3; i++) {
      byte[] bytes = {(byte) i};
      direct.put(key(FileKind.SNAPSHOT, bytes), bytes);
    }
    wire.order(1, S3FaultsTest::get, Fault.cutAnswer(600));
    EngineException cut = fails(() -> once.list(FileKind.SNAPSHOT));
    assertEquals("store.connection-cut", cut.code(), String.valueOf(cut.getMessage()));
    assertTrue(cut.retryable());
    String endless =
        "<ListBucketResult><IsTruncated>true</IsTruncated><KeyCount>0</KeyCount></ListBucketResult>";
    wire.order(1, S3FaultsTest::get, Fault.answered(200, endless));
    assertEquals("store.listing-cut", fails(() -> once.list(FileKind.SNAPSHOT)).code());
    wire.order(1, S3FaultsTest::get, Fault.answered(200, endless));
    wire.order(2, S3FaultsTest::get, Fault.refused(503, "SlowDown"));
    assertEquals(3, retrying.list(FileKind.SNAPSHOT).size());
  }

  @Test
  void slownessIsWaitedFor() {
    wire.order(20, line -> true, Fault.slow(30));
    retrying.put(PACK, BYTES);
    assertArrayEquals(BYTES, retrying.get(PACK));
  }

  @Test
  void aStrangerIsNotAskedForLong() {
    wire.order(50, line -> true, Fault.refused(503, "SlowDown"));
    try (ObjectStore fresh =
        new RetryingStore(store(Map.of()), quick(Duration.ofMinutes(5)), _ -> {})) {
      int before = wire.seen().size();
      assertEquals("store.busy", fails(() -> fresh.list(FileKind.KEY)).code());
      assertEquals(3, wire.seen().size() - before);
    }
  }

  /// Whoever waits for a store that is away has to know what for.
  @Test
  void aStoreThatIsAwayForLongIsSpokenOf() {
    AtomicLong seconds = new AtomicLong();
    RetryPolicy policy =
        new RetryPolicy(
            Duration.ofMillis(5),
            Duration.ofMillis(50),
            Duration.ofMinutes(1),
            3,
            () -> Instant.ofEpochSecond(seconds.getAndAdd(2)),
            new Random(1));
    List<StoreNotice> heard = new ArrayList<>();
    try (ObjectStore patient = new RetryingStore(store(Map.of()), policy, heard::add)) {
      patient.list(FileKind.KEY);
      wire.order(1, line -> true, Fault.refused(503, "SlowDown"));
      patient.list(FileKind.KEY);
      assertEquals(List.of(), heard);
      wire.order(6, line -> true, Fault.refused(503, "SlowDown"));
      patient.list(FileKind.KEY);
      assertEquals(List.of(StoreNotice.State.AWAY, StoreNotice.State.BACK), states(heard));
      assertTrue(
          heard.getFirst().text().endsWith("; trying again for up to 1m00s."), heard::toString);
      assertTrue(heard.getLast().text().endsWith(" answers again."), heard::toString);
      heard.clear();
      wire.order(100, line -> true, Fault.refused(503, "SlowDown"));
      assertEquals("store.busy", fails(() -> patient.list(FileKind.KEY)).code());
      assertEquals(List.of(StoreNotice.State.AWAY, StoreNotice.State.GIVEN_UP), states(heard));
    }
  }

  private static List<StoreNotice.State> states(List<StoreNotice> heard) {
    return heard.stream().map(StoreNotice::state).toList();
  }

  @Test
  void whatIsNotWorthARetryIsNotTriedAgain() {
    wire.order(5, S3FaultsTest::put, Fault.refused(403, "AccessDenied"));
    int before = wire.seen().size();
    fails(() -> retrying.put(PACK, BYTES));
    assertEquals(1, wire.seen().size() - before);
  }

  @Test
  void cancellingEndsTheWaiting() throws Exception {
    wire.order(100_000, line -> true, Fault.refused(503, "SlowDown"));
    RetryPolicy slow =
        new RetryPolicy(
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofDays(1),
            100,
            InstantSource.system(),
            new Random(1));
    CancelToken cancel = new CancelToken();
    try (ObjectStore patient = new RetryingStore(store(Map.of()), slow, _ -> {});
        CancelToken.Registration _ = patient.during(cancel)) {
      CompletableFuture<Object> call =
          CompletableFuture.supplyAsync(() -> patient.list(FileKind.KEY));
      while (wire.seen().size() < 2) {
        Thread.sleep(5);
      }
      cancel.cancel();
      Exception e =
          assertThrows(
              java.util.concurrent.ExecutionException.class, () -> call.get(30, TimeUnit.SECONDS));
      assertTrue(e.getCause() instanceof EngineException);
    }
  }

  @Test
  void multipartUploadsThatFailLeaveNothing() {
    try (S3Store parts = store(Map.of("multipart-above", "1MiB"))) {
      wire.order(1, line -> line.contains("partNumber=1"), Fault.refused(503, "SlowDown"));
      fails(() -> parts.put(PACK, BYTES));
      assertEquals(List.of(), direct.list(FileKind.PACK));
      assertTrue(wire.seen().getLast().startsWith("DELETE"), wire.seen()::toString);
      wire.order(
          1, line -> line.startsWith("POST") && !line.contains("uploads"), Fault.cutAnswer(0));
      parts.sweep(java.time.Instant.now().plusSeconds(60), Duration.ZERO);
    }
  }
}
