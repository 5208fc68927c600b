package dev.backstay.stores;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.model.StoreOptions;
import dev.backstay.model.UnreachableException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.local.ArchiveOptions;
import dev.backstay.repository.local.LocalArchiver;
import dev.backstay.repository.local.LocalRestorer;
import dev.backstay.repository.local.RestoreOptions;
import dev.backstay.repository.peer.Peer;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.stores.FaultyWire.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole repository in a bucket: there and back, with faults on the way, and under stock restic.
class S3RepositoryTest {

  private static final String PASSWORD = "secret-5521";
  private static final CancelToken GO_ON = new CancelToken();

  @TempDir Path folder;

  private final String place = "repo-" + UUID.randomUUID() + "/deep/prefix";
  private Path source;
  private ProxyServer server;
  private FaultyWire wire;

  @BeforeEach
  void start() throws Exception {
    source = Files.createDirectories(folder.resolve("source/d"));
    Random random = new Random(9);
    for (int i = 0; i < 40; i++) {
      byte[] bytes = new byte[i < 4 ? 6_000_000 : 2000 * i];
      random.nextBytes(bytes);
      Files.write(Files.createDirectories(source.resolve("f" + i % 7)).resolve("n" + i), bytes);
    }
    server = ProxyServer.in(folder.resolve("objects"));
    wire = new FaultyWire(server.port());
  }

  @AfterEach
  void stop() throws Exception {
    wire.close();
    server.close();
  }

  private ObjectStore store(int port) {
    return store(port, Map.of("checksums", "on"));
  }

  private ObjectStore store(int port, Map<String, String> options) {
    String text = "s3:http://127.0.0.1:" + port + "/" + place;
    return new Stores(
            ProxyServer.environment(), folder.resolve("cache"), InstantSource.system(), _ -> {})
        .open(new RepositoryLocation(text), StoreOptions.of(options));
  }

  private static RepositorySettings settings() {
    return RepositorySettings.ofThisMachine().withScryptCost(10);
  }

  private OpenRepository init() {
    try (Secret secret = Secret.of(PASSWORD)) {
      return Repository.init(store(server.port()), secret, settings());
    }
  }

  private OpenRepository open(int port) {
    try (Secret secret = Secret.of(PASSWORD)) {
      return Repository.open(store(port), secret, settings());
    }
  }

  private void backUp(OpenRepository repository) {
    backUp(repository, new ArchiveOptions(List.of(), List.of(), "host", null));
  }

  private void backUp(OpenRepository repository, ArchiveOptions options) {
    var report =
        new LocalArchiver(repository, InstantSource.system())
            .archive(List.of(source), options, GO_ON, Meter.NONE);
    assertEquals(List.of(), report.failures());
  }

  private void restores(OpenRepository repository, Path target) throws IOException {
    var node = repository.node(repository.snapshot("latest"), FilePath.ROOT);
    var report =
        new LocalRestorer(repository)
            .restore(
                node,
                target,
                new RestoreOptions(RestoreOptions.ExistingFiles.FAIL, false, false),
                GO_ON,
                Meter.NONE);
    assertEquals(List.of(), report.failures());
    same(target);
  }

  private void same(Path target) throws IOException {
    Path back = target.resolve(source.toString().substring(1));
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertArrayEquals(
            Files.readAllBytes(file), Files.readAllBytes(back.resolve(source.relativize(file))));
      }
    }
  }

  private static void sound(OpenRepository repository) {
    CheckReport report = repository.check(new CheckOptions(true), GO_ON, Meter.NONE);
    assertTrue(report.sound(), report.findings()::toString);
    assertEquals(List.of(), report.findings());
  }

  @Test
  void thereAndBack() throws IOException {
    try (OpenRepository repository = init()) {
      backUp(repository);
    }
    try (OpenRepository repository = open(server.port())) {
      sound(repository);
      restores(repository, folder.resolve("target"));
    }
  }

  /// On a long way each request is a wait: 40 ms between continents. Six of these are there because
  /// the folder for temporary files, which is above the source, changes all the time: its tree is
  /// read and written.
  @Test
  void aBackupWithoutChangesIsFewRequests() {
    init().close();
    Path memory = folder.resolve("memory");
    backUpFromFar(new ArchiveOptions(List.of(), List.of(), "host", null, memory));
    Snapshot parent;
    try (OpenRepository repository = open(wire.port())) {
      parent = repository.snapshot("latest");
    }
    int before = wire.seen().size();
    backUpFromFar(new ArchiveOptions(List.of(), List.of(), "host", parent, memory));
    List<String> seen = wire.seen().subList(before, wire.seen().size());
    assertTrue(seen.size() <= 25, () -> String.join("\n", seen));
  }

  private void backUpFromFar(ArchiveOptions options) {
    try (Secret secret = Secret.of(PASSWORD);
        OpenRepository repository =
            Repository.open(store(wire.port(), Map.of()), secret, settings())) {
      backUp(repository, options);
    }
  }

  /// Each of a hundred thousand files would wait as long as the first one did.
  @Test
  void aServiceThatIsGoneEndsARestore() throws IOException {
    try (OpenRepository repository = init()) {
      backUp(repository);
    }
    try (Secret secret = Secret.of(PASSWORD);
        OpenRepository repository =
            Repository.open(store(wire.port(), Map.of("retry", "1s")), secret, settings())) {
      var node = repository.node(repository.snapshot("latest"), FilePath.ROOT);
      wire.order(100_000, line -> line.contains("/data/"), Fault.refused(503, "SlowDown"));
      RestoreOptions options = new RestoreOptions(RestoreOptions.ExistingFiles.FAIL, false, false);
      LocalRestorer restorer = new LocalRestorer(repository);
      UnreachableException e =
          assertThrows(
              UnreachableException.class,
              () -> restorer.restore(node, folder.resolve("target"), options, GO_ON, Meter.NONE));
      assertEquals("store.busy", e.code());
    }
  }

  @Test
  void thereAndBackWhileThingsFail() throws IOException {
    init().close();
    try (OpenRepository repository = open(wire.port())) {
      wire.order(5, line -> line.startsWith("PUT"), Fault.refused(503, "SlowDown"));
      wire.order(3, line -> line.startsWith("PUT"), Fault.LOST_ANSWER);
      wire.order(2, line -> line.contains("/data/"), Fault.tornRequest(500_000));
      wire.order(3, line -> line.startsWith("GET"), Fault.cutAnswer(400));
      backUp(repository);
    }
    try (OpenRepository repository = open(wire.port())) {
      wire.order(5, line -> line.contains("/data/"), Fault.cutAnswer(1_000_000));
      wire.order(5, line -> line.startsWith("GET"), Fault.refused(500, "InternalError"));
      restores(repository, folder.resolve("target"));
    }
    try (OpenRepository repository = open(server.port())) {
      sound(repository);
    }
  }

  private void restic(String... arguments) {
    Peer restic = Peer.restic().required();
    for (var variable : ProxyServer.environment().entrySet()) {
      restic = restic.with(variable.getKey(), variable.getValue());
    }
    restic.output("s3:http://127.0.0.1:" + server.port() + "/" + place, PASSWORD, arguments);
  }

  @Test
  void stockResticReadsOurs() throws Exception {
    try (OpenRepository repository = init()) {
      backUp(repository);
    }
    restic("check", "--read-data");
    Path target = folder.resolve("target");
    restic("restore", "latest", "--target", target.toString());
    same(target);
  }

  @Test
  void weReadStockRestics() throws Exception {
    restic("init");
    restic("backup", source.toString());
    try (OpenRepository repository = open(server.port())) {
      sound(repository);
      restores(repository, folder.resolve("target"));
      backUp(repository);
    }
    restic("check", "--read-data");
  }
}
