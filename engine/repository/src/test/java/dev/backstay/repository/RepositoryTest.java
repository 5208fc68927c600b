package dev.backstay.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.Secret;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.snapshot.FileCounts;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotDraft;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RepositoryTest {

  static final Secret PASSWORD = Secret.of("geheim");
  static final RepositorySettings SETTINGS = RepositorySettings.ofThisMachine().withScryptCost(4);
  static final CancelToken CANCEL = new CancelToken();

  static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static Snapshot commit(RepositoryWriter writer, TreeAssembler tree, @Nullable String parent) {
    return writer.commit(
        new SnapshotDraft(
            Instant.parse("2026-11-23T10:00:00.5Z"),
            tree.finish(),
            List.of("/data"),
            "host",
            "user",
            List.of(),
            List.of("k=v"),
            parent,
            FileCounts.NONE));
  }

  static void add(TreeAssembler tree, RepositoryWriter writer, String path, byte[] bytes) {
    FileContent content = writer.saveFile(new ByteArrayInputStream(bytes), CANCEL, Meter.NONE);
    assertEquals(bytes.length, content.size());
    Node node = Node.file("x", NodeTime.EPOCH).withContent(content.blobs(), content.size());
    tree.add(FilePath.of(path), node);
  }

  static byte[] read(OpenRepository repository, Snapshot snapshot, String path) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Node node = repository.node(snapshot, FilePath.of(path));
    repository.read(node, 0, Long.MAX_VALUE, out, CANCEL);
    return out.toByteArray();
  }

  @Test
  void keepsFiles() throws Exception {
    ObjectStore store = new MemoryStore();
    byte[] big = random(1, 40 << 20);
    byte[] text = "hello\n".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Snapshot snapshot;
    try (OpenRepository repository = Repository.init(store, PASSWORD, SETTINGS);
        RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      add(tree, writer, "data/big", big);
      add(tree, writer, "data/sub/text", text);
      add(tree, writer, "data/empty", new byte[0]);
      snapshot = commit(writer, tree, null);
      assertTrue(writer.stats().dataAddedPacked() < writer.stats().dataAdded());
    }
    try (OpenRepository repository = Repository.open(store, PASSWORD, SETTINGS)) {
      assertEquals(List.of(snapshot), repository.snapshots());
      assertEquals(snapshot, repository.snapshot("latest"));
      assertEquals(snapshot, repository.snapshot(snapshot.shortId()));
      assertArrayEquals(big, read(repository, snapshot, "data/big"));
      assertArrayEquals(text, read(repository, snapshot, "data/sub/text"));
      assertEquals(0, read(repository, snapshot, "data/empty").length);
      ByteArrayOutputStream part = new ByteArrayOutputStream();
      Node node = repository.node(snapshot, FilePath.of("data/big"));
      repository.read(node, 20_000_001, 5_000_000, part, CANCEL);
      assertArrayEquals(Arrays.copyOfRange(big, 20_000_001, 25_000_001), part.toByteArray());
      try (var in = repository.open(node)) {
        assertArrayEquals(big, in.readAllBytes());
      }
      var report = repository.check(new CheckOptions(true), CANCEL, Meter.NONE);
      assertEquals(List.of(), report.findings());
      assertThrows(
          NotFoundException.class, () -> repository.node(snapshot, FilePath.of("data/none")));
    }
  }

  @Test
  void storesNothingTwice() {
    ObjectStore store = new MemoryStore();
    byte[] big = random(2, 9 << 20);
    try (OpenRepository repository = Repository.init(store, PASSWORD, SETTINGS)) {
      @Nullable String parent = null;
      for (int round = 0; round < 2; round++) {
        try (RepositoryWriter writer = repository.writer()) {
          TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
          add(tree, writer, "a", big);
          add(tree, writer, "b", big);
          parent = commit(writer, tree, parent).id();
          assertEquals(round == 0, writer.stats().dataBlobs() > 0);
          assertTrue(writer.stats().dataAdded() < big.length + 10_000);
        }
      }
      assertEquals(2, repository.snapshots().size());
    }
  }

  @Test
  void manyThreadsWriteAtOnce() throws Exception {
    ObjectStore store = new MemoryStore();
    try (OpenRepository repository = Repository.init(store, PASSWORD, SETTINGS)) {
      Snapshot snapshot;
      try (RepositoryWriter writer = repository.writer();
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
        List<Future<?>> all = new java.util.ArrayList<>();
        for (int i = 0; i < 300; i++) {
          int seed = i;
          all.add(
              threads.submit(() -> add(tree, writer, "d" + seed % 7 + "/f" + seed, content(seed))));
        }
        for (Future<?> future : all) {
          future.get();
        }
        snapshot = commit(writer, tree, null);
      }
      for (int i = 0; i < 300; i++) {
        assertArrayEquals(content(i), read(repository, snapshot, "d" + i % 7 + "/f" + i));
      }
      assertTrue(repository.check(new CheckOptions(true), CANCEL, Meter.NONE).sound());
    }
  }

  private static byte[] content(int seed) {
    return random(seed, seed % 20 == 0 ? 6_000_000 : seed % 5 == 0 ? 200_000 : 1000 * seed % 7000);
  }

  @Test
  void saysWhatIsWrong() {
    ObjectStore store = new MemoryStore();
    assertThrows(NotFoundException.class, () -> Repository.open(store, PASSWORD, SETTINGS));
    Repository.init(store, PASSWORD, SETTINGS).close();
    assertThrows(ConflictException.class, () -> Repository.init(store, PASSWORD, SETTINGS));
    assertThrows(
        UnauthenticatedException.class,
        () -> Repository.open(store, Secret.of("falsch"), SETTINGS));
  }
}
