package dev.backstay.repository;

import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.PASSWORD;
import static dev.backstay.repository.RepositoryTest.SETTINGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.FilePath;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.browse.FileQuery;
import dev.backstay.repository.browse.FileSearch;
import dev.backstay.repository.browse.FileSearch.Unindexed;
import dev.backstay.repository.browse.PathPattern;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.LocalStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The caches of this machine: they make nothing different, whatever happens to them.
@Timeout(120)
class LookupCacheTest {

  @TempDir Path folder;

  private final List<Snapshot> snapshots = new ArrayList<>();

  /// Counts reads of index files and packs.
  private final class CountingStore extends PassingStore {
    final AtomicInteger indexes = new AtomicInteger();

    CountingStore() {
      super(new LocalStore(folder.resolve("repository")));
    }

    @Override
    public byte[] get(StoreKey key) {
      indexes.addAndGet(key.kind() == FileKind.INDEX ? 1 : 0);
      return super.get(key);
    }
  }

  private CountingStore store;

  @BeforeEach
  void aRepositoryWithThreeSnapshots() {
    store = new CountingStore();
    try (OpenRepository repository = Repository.init(store, PASSWORD, settings())) {
      for (int i = 0; i < 3; i++) {
        snapshot(repository, i);
      }
    }
  }

  private void snapshot(OpenRepository repository, int number) {
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      RepositoryTest.add(tree, writer, "same/a/b", RepositoryTest.random(1, 1000));
      RepositoryTest.add(tree, writer, "other/file" + number, RepositoryTest.random(number, 900));
      snapshots.add(RepositoryTest.commit(writer, tree, null));
    }
  }

  private RepositorySettings settings() {
    return SETTINGS.withCache(folder.resolve("cache"));
  }

  private OpenRepository open() {
    store = new CountingStore();
    return Repository.open(store, PASSWORD, settings());
  }

  private List<Path> cached() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void answersAreRight() {
    try (OpenRepository repository = open()) {
      for (int i = 0; i < 3; i++) {
        assertEquals(1000, RepositoryTest.read(repository, snapshots.get(i), "same/a/b").length);
      }
      List<String> found = new ArrayList<>();
      FileSearch.Report report =
          new FileSearch(
                  repository,
                  FileQuery.of(PathPattern.glob("file*", false)),
                  hit -> found.add(hit.path().toString()),
                  CANCEL)
              .in(snapshots, Unindexed.INDEX);
      assertEquals(List.of(), report.failures());
      assertEquals(List.of("other/file0", "other/file1", "other/file2"), found);
      assertFalse(repository.knows(new BlobId(1, 2, 3, 4)));
      assertEquals(List.of(), repository.damage());
    }
  }

  @Test
  void indexFilesAreReadOnce() throws IOException {
    answersAreRight();
    answersAreRight();
    assertEquals(0, store.indexes.get());
    assertEquals(4, cached().size());
  }

  @Test
  void harmedCacheFilesAreMadeAnew() throws IOException {
    answersAreRight();
    Random random = new Random(9);
    for (Path file : cached()) {
      byte[] good = Files.readAllBytes(file);
      for (int round = 0; round < 20; round++) {
        boolean shorter = round % 4 == 3;
        byte[] bad = Arrays.copyOf(good, shorter ? random.nextInt(good.length) : good.length);
        if (!shorter) {
          bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, bad);
        answersAreRight();
        assertTrue(Files.size(file) > bad.length / 2, file::toString);
      }
    }
  }

  @Test
  void cacheFilesThatAreMixedUpAreMadeAnew() throws IOException {
    answersAreRight();
    List<Path> files = cached();
    for (Path one : files) {
      for (Path other : files) {
        byte[] good = Files.readAllBytes(one);
        Files.write(one, Files.readAllBytes(other));
        answersAreRight();
        Files.write(one, good);
      }
    }
  }

  @Test
  void indexFilesThatVanishedTakeTheirBlobsAlong() {
    BlobId only;
    try (OpenRepository repository = open()) {
      Node node = repository.node(snapshots.get(2), FilePath.of("other/file2"));
      only = node.content().getFirst();
      assertTrue(repository.knows(only));
    }
    // As a prune by another program: what the last backup added is in no index any more.
    List<StoredFile> before = new LocalStore(folder.resolve("repository")).list(FileKind.INDEX);
    snapshot();
    for (StoredFile file : before) {
      store.delete(file.key());
    }
    try (OpenRepository repository = open()) {
      assertFalse(repository.knows(only));
    }
    try (OpenRepository repository = open()) {
      assertFalse(repository.knows(only));
      assertEquals(0, repository.damage().size());
    }
  }

  private void snapshot() {
    try (OpenRepository repository = open()) {
      snapshot(repository, 7);
    }
  }

  @Test
  void anOpenRepositorySeesThatIndexFilesVanished() {
    try (OpenRepository mine = open()) {
      BlobId blob = mine.node(snapshots.get(2), FilePath.of("other/file2")).content().getFirst();
      assertTrue(mine.knows(blob));
      for (StoredFile file : store.list(FileKind.INDEX)) {
        store.delete(file.key());
      }
      mine.writer().close();
      assertFalse(mine.knows(blob));
    }
  }

  @Test
  void aSearchCanBeCancelled() {
    CancelToken cancel = new CancelToken();
    try (OpenRepository repository = open()) {
      FileSearch search =
          new FileSearch(
              repository, FileQuery.of(PathPattern.glob("*", false)), _ -> cancel.cancel(), cancel);
      assertThrows(CancelledException.class, () -> search.in(snapshots, Unindexed.INDEX));
    }
  }

  @Test
  void whatIsNotIndexedIsSaid() {
    try (OpenRepository repository = open()) {
      repository.paths().build(repository, snapshots.get(1), CANCEL);
      List<Snapshot> unindexed =
          new FileSearch(repository, FileQuery.of(PathPattern.glob("*", false)), _ -> {}, CANCEL)
              .in(snapshots, Unindexed.SKIP)
              .unindexed();
      assertEquals(List.of(snapshots.get(0), snapshots.get(2)), unindexed);
      repository.paths().retain(List.of());
    }
    try (OpenRepository repository = open()) {
      assertFalse(repository.paths().has(snapshots.get(1)));
    }
  }
}
