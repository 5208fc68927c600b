package dev.backstay.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.StoreOptions;
import dev.backstay.model.StoreOptions.Choice;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.stores.FaultyWire.Fault;
import dev.backstay.stores.StoreFinding.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/// The connection test, at a service that can and at ones that cannot.
class S3ProbeTest {

  private final String place = "b-" + UUID.randomUUID() + "/p";
  private ProxyServer server;
  private FaultyWire wire;

  @BeforeEach
  void start() throws Exception {
    server = ProxyServer.inMemory();
    wire = new FaultyWire(server.port());
    try (S3Store store = server.store(place, StoreOptions.DEFAULT)) {
      store.create();
    }
  }

  @AfterEach
  void stop() throws Exception {
    wire.close();
    server.close();
  }

  private StoreReport probe(Map<String, String> options, InstantSource clock) {
    return S3Probe.run(
        ProxyServer.place(wire.port(), place),
        StoreOptions.of(options),
        ProxyServer.environment(),
        clock);
  }

  private StoreReport probe() {
    return probe(Map.of(), InstantSource.system());
  }

  private static Map<String, Answer> answers(StoreReport report) {
    Map<String, Answer> answers = new HashMap<>();
    report.findings().forEach(finding -> answers.put(finding.name(), finding.answer()));
    return answers;
  }

  private static Answer answer(StoreReport report, String name) {
    return report.findings().stream()
        .filter(finding -> finding.name().equals(name))
        .map(StoreFinding::answer)
        .findFirst()
        .orElseThrow();
  }

  private int objects() {
    try (S3Client client =
        S3Clients.open(
            S3Settings.of(server.place(place), StoreOptions.DEFAULT, Map.of()),
            ProxyServer.environment())) {
      return client
          .listObjectsV2(list -> list.bucket(server.place(place).bucket()))
          .contents()
          .size();
    }
  }

  @Test
  void findsWhatWorksAndLeavesNothing() {
    StoreReport report = probe();
    for (String name :
        new String[] {
          "reach",
          "list",
          "put",
          "get",
          "range",
          "conditional-put",
          "multipart",
          "batch-delete",
          "delete",
          "object-lock",
          "clock",
          "delay"
        }) {
      assertEquals(Answer.GOOD, answer(report, name), name + ": " + report.findings());
    }
    assertEquals(Choice.ON, report.working().pathStyle());
    assertEquals(Choice.ON, report.working().conditionalPut());
    assertTrue(report.empty());
    assertFalse(report.repository());
    assertEquals(0, objects());
  }

  @Test
  void seesARepository() {
    try (S3Store store = server.store(place, StoreOptions.DEFAULT)) {
      store.put(StoreKey.CONFIG, new byte[1]);
    }
    assertTrue(probe().repository());
  }

  @Test
  void sumsThatAreNotVerifiedDoNotCount() {
    // Whoever takes everything takes a wrong sum too.
    wire.order(1, line -> line.contains("wrong-sum"), Fault.answered(200, ""));
    StoreReport report = probe();
    assertEquals(Answer.DOUBTFUL, answer(report, "checksums"));
    assertEquals(Choice.OFF, report.working().checksums());
    assertEquals(0, objects());
  }

  @Test
  void aServiceThatOverwritesIsNotTrustedToKeep() {
    wire.order(2, line -> line.startsWith("PUT") && line.contains("once"), Fault.answered(200, ""));
    StoreReport report = probe();
    assertEquals(Answer.DOUBTFUL, answer(report, "conditional-put"));
    assertEquals(Choice.OFF, report.working().conditionalPut());
  }

  @Test
  void aServiceWithoutBatchesAndPartsIsUsable() {
    wire.order(9, line -> line.startsWith("POST"), Fault.refused(501, "NotImplemented"));
    StoreReport report = probe();
    assertEquals(Answer.DOUBTFUL, answer(report, "multipart"));
    assertEquals(Answer.DOUBTFUL, answer(report, "batch-delete"));
    assertEquals(Answer.GOOD, answer(report, "delete"));
    assertEquals(0, objects());
  }

  @Test
  void whoMayOnlyReadIsToldWhatIsMissing() {
    wire.order(99, line -> line.startsWith("PUT"), Fault.refused(403, "AccessDenied"));
    StoreFinding last = probe().findings().getLast();
    assertEquals(
        "put",
        probe().findings().stream()
            .filter(f -> f.answer() == Answer.MISSING)
            .findFirst()
            .orElseThrow()
            .name());
    assertFalse(last.detail().isEmpty());
  }

  @Test
  void clocksThatDisagreeAreTold() {
    InstantSource slow = () -> Instant.now().minus(Duration.ofMinutes(3));
    StoreReport report = probe(Map.of(), slow);
    assertEquals(Answer.DOUBTFUL, answer(report, "clock"));
  }

  @Test
  void aRetentionNeedsObjectLock() {
    StoreReport report = probe(Map.of("retention", "1d"), InstantSource.system());
    assertEquals(Answer.MISSING, answer(report, "object-lock"));
  }

  @Test
  void aMissingBucketAndAWrongSecretEndTheTest() {
    StoreReport report =
        S3Probe.run(
            server.place("no-such-bucket"),
            StoreOptions.DEFAULT,
            ProxyServer.environment(),
            InstantSource.system());
    assertEquals(Map.of("bucket", Answer.MISSING), answers(report));
    Map<String, String> wrong =
        Map.of("AWS_ACCESS_KEY_ID", ProxyServer.ID, "AWS_SECRET_ACCESS_KEY", "wrong");
    StoreReport refused =
        S3Probe.run(server.place(place), StoreOptions.DEFAULT, wrong, InstantSource.system());
    assertEquals(Map.of("reach", Answer.MISSING), answers(refused));
  }
}
