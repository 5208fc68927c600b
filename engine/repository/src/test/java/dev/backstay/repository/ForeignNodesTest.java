package dev.backstay.repository;

import static dev.backstay.repository.MaintenanceSamples.duplicate;
import static dev.backstay.repository.MaintenanceSamples.open;
import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.PASSWORD;
import static dev.backstay.repository.RepositoryTest.SETTINGS;
import static dev.backstay.repository.RepositoryTest.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.FileEntry.FileType;
import dev.backstay.model.FilePath;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.check.CheckFinding;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.local.LocalRestorer;
import dev.backstay.repository.local.RestoreOptions;
import dev.backstay.repository.local.RestoreOptions.ExistingFiles;
import dev.backstay.repository.snapshot.FileCounts;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotDraft;
import dev.backstay.repository.snapshot.SnapshotFilter;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeType;
import dev.backstay.repository.tree.TreeCodec;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Trees with what this version does not know: attributes of Windows, fields and types that a newer
/// version may bring. All of it is read past, listed, copied, and carried over by a repair.
@Timeout(120)
class ForeignNodesTest {

  private static final String TIMES =
      "\"mtime\":\"2026-11-23T10:00:00Z\",\"atime\":\"2026-11-23T10:00:00Z\","
          + "\"ctime\":\"2026-11-23T10:00:00Z\",\"uid\":0,\"gid\":0";
  private static final String FILE =
      "{\"name\":\"%s\",\"type\":\"file\",\"mode\":420,%s,\"size\":%d,\"generic_attributes\":"
          + "{\"windows.creation_time\":\"AAA=\",\"windows.file_attributes\":32,"
          + "\"windows.security_descriptor\":\"AQ==\",\"windows.tomorrow\":{\"a\":[1]}},"
          + "\"content\":[\"%s\"],\"colour\":\"<blue>\"}";

  private static final byte[] ONE = random(41, 3000);
  private static final byte[] TWO = random(42, 4000);

  @TempDir Path work;

  private final MemoryStore store = new MemoryStore();
  private final String json;
  private final Snapshot snapshot;

  ForeignNodesTest() {
    Repository.init(store, PASSWORD, SETTINGS).close();
    try (RepositoryWriter writer = open(store).writer()) {
      // In a pack of its own, for the test that loses it.
      BlobId two = save(writer, TWO);
      writer.flush();
      BlobId one = save(writer, ONE);
      BlobId below = writer.saveTree(List.of());
      json =
          "{\"nodes\":["
              + ("{\"name\":\"door\",\"type\":\"door\",\"mode\":493," + TIMES)
              + (",\"content\":null,\"subtree\":\"" + below + "\",")
              + "\"hinges\":[{\"side\":\"left\"},2]}"
              + ","
              + FILE.formatted("one", TIMES, ONE.length, one)
              + ","
              + FILE.formatted("two", TIMES, TWO.length, two)
              + "]}\n";
      BlobId tree = writer.saveTree(nodes());
      snapshot =
          writer.commit(
              new SnapshotDraft(
                  Instant.parse("2026-11-23T10:00:00Z"),
                  tree,
                  List.of("/data"),
                  "host",
                  "user",
                  List.of(),
                  List.of(),
                  null,
                  FileCounts.NONE));
    }
  }

  private static BlobId save(RepositoryWriter writer, byte[] bytes) {
    return writer.saveFile(new ByteArrayInputStream(bytes), CANCEL, Meter.NONE).blobs().getFirst();
  }

  private List<Node> nodes() {
    return TreeCodec.decode(json.getBytes(StandardCharsets.UTF_8), "the tree");
  }

  private static String written(List<Node> nodes) {
    return new String(TreeCodec.encode(nodes), StandardCharsets.UTF_8);
  }

  @Test
  void theyAreWrittenAsTheyWereRead() {
    assertEquals(json, written(nodes()));
    assertEquals(nodes(), open(store).tree(snapshot.tree()));
  }

  @Test
  void theyAreListed() {
    OpenRepository repository = open(store);
    Node door = repository.node(snapshot, FilePath.of("door"));
    assertEquals(NodeType.OTHER, door.type());
    assertEquals("\"door\"", door.unknown().get("type"));
    assertEquals(FileType.OTHER, door.entry(FilePath.of("door")).type());
    assertEquals(0755, door.permissions());
    Node one = repository.node(snapshot, FilePath.of("one"));
    assertEquals("32", one.genericAttributes().get("windows.file_attributes"));
    assertEquals(Map.of("colour", "\"<blue>\""), one.unknown());
  }

  @Test
  void aCheckMentionsTheTypeAndFindsNoError() {
    CheckReport report = MaintenanceSamples.check(store);
    assertTrue(report.sound(), report.findings()::toString);
    assertEquals(
        List.of("repository.unknown-type"),
        report.findings().stream().map(CheckFinding::code).toList());
  }

  @Test
  void aCopyHasTheSameTrees() {
    MemoryStore other = new MemoryStore();
    OpenRepository to = Repository.init(other, PASSWORD, SETTINGS);
    var copy = open(store).maintenance().copyTo(to.maintenance());
    var report = copy.apply(copy.plan(SnapshotFilter.ALL, CANCEL), CANCEL, Meter.NONE);
    assertEquals(List.of(), report.failures());
    OpenRepository copied = open(other);
    assertEquals(snapshot.tree(), copied.snapshot("latest").tree());
    assertEquals(nodes(), copied.tree(snapshot.tree()));
    // What stands below the node of an unknown type has come too.
    assertTrue(MaintenanceSamples.check(other).sound());
    for (Node node : nodes()) {
      BlobId subtree = node.subtree();
      assertEquals(List.of(), subtree == null ? List.of() : copied.tree(subtree));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theOthersAreRestored() throws Exception {
    OpenRepository repository = open(store);
    var report =
        new LocalRestorer(repository)
            .restore(
                repository.node(snapshot, FilePath.ROOT),
                work.resolve("target"),
                new RestoreOptions(ExistingFiles.FAIL, false, false),
                CANCEL,
                Meter.NONE);
    assertEquals(
        List.of("local.unknown-type"), report.failures().stream().map(ItemFailure::code).toList());
    assertArrayEquals(ONE, Files.readAllBytes(work.resolve("target/one")));
    assertArrayEquals(TWO, Files.readAllBytes(work.resolve("target/two")));
  }

  @Test
  void aRepairKeepsThem() {
    MemoryStore damaged = duplicate(store);
    // The first pack that was written holds the second file and nothing else.
    damaged.list(FileKind.PACK).stream()
        .filter(pack -> pack.size() > TWO.length && pack.size() < TWO.length + 400)
        .forEach(pack -> damaged.delete(pack.key()));
    assertTrue(MaintenanceSamples.repairIndex(damaged, true));
    assertTrue(MaintenanceSamples.repairSnapshots(damaged, true));
    OpenRepository repository = open(damaged);
    String size = "\"size\":" + TWO.length + ",";
    String lost = json.substring(json.lastIndexOf("\"content\":["), json.lastIndexOf("],\"colour"));
    assertEquals(
        json.replace(size, "").replace(lost, "\"content\":["),
        written(repository.tree(repository.snapshot("latest").tree())));
  }
}
