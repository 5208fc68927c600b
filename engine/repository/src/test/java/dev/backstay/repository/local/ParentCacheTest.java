package dev.backstay.repository.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the cache remembers, forgets or has wrong: the tree is the one that a backup without a
/// parent makes.
class ParentCacheTest {

  private static final CancelToken CANCEL = new CancelToken();
  private static final RepositorySettings SETTINGS =
      RepositorySettings.ofThisMachine().withScryptCost(10);

  @TempDir Path work;
  private Path source = Path.of("");
  private OpenRepository repository;

  @BeforeEach
  void open() throws Exception {
    source = Files.createDirectories(work.resolve("source"));
    Samples.make(source);
    repository = Repository.init(new LocalStore(work.resolve("repo")), Secret.of("x"), SETTINGS);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private ArchiveReport back(@Nullable Snapshot parent, @Nullable Path cache) {
    ArchiveOptions options = new ArchiveOptions(List.of(), List.of(), "host", parent, cache);
    return new LocalArchiver(repository, InstantSource.system())
        .archive(List.of(source), options, CANCEL, Meter.NONE);
  }

  /// Of the source alone: the folders above it belong to the machine and change by themselves.
  private BlobId tree(Snapshot snapshot) {
    BlobId tree = repository.node(snapshot, inside()).subtree();
    assertNotNull(tree);
    return tree;
  }

  private FilePath inside() {
    return FilePath.of(source.toString().substring(1));
  }

  private Path cache() {
    return work.resolve("cache");
  }

  private Path cacheFile() throws IOException {
    try (Stream<Path> files = Files.list(cache().resolve("parents"))) {
      return files.toList().getFirst();
    }
  }

  @Test
  void remembersFoldersAndCountsWhatItDidNotLookAt() throws Exception {
    ArchiveReport first = back(null, cache());
    ArchiveReport second = back(first.snapshot(), cache());
    assertEquals(tree(first.snapshot()), tree(second.snapshot()));
    var before = first.snapshot().summary();
    var after = second.snapshot().summary();
    assertNotNull(before);
    assertNotNull(after);
    assertEquals(before.filesNew(), after.filesUnmodified());
    assertEquals(before.totalBytesProcessed(), after.totalBytesProcessed());
    assertEquals(0, after.filesNew() + after.filesChanged() + after.dirsNew());
    BlobId accounts =
        BlobId.of(
            Listing.sha256().digest(new Accounts().fingerprint().getBytes(StandardCharsets.UTF_8)),
            0);
    ParentCache cache =
        ParentCache.load(cacheFile(), BlobId.parse(second.snapshot().id()), accounts);
    assertNotNull(cache.find(inside().resolve(new byte[] {'p', 'l', 'a', 'i', 'n'})));
  }

  @Test
  void randomChangesGiveTheTreeOfABackupWithoutParent() throws Exception {
    Random random = new Random(11);
    Snapshot last = back(null, cache()).snapshot();
    for (int round = 0; round < 25; round++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        change(random);
      }
      if (round % 5 == 4) {
        harm(random);
      }
      last = back(last, cache()).snapshot();
      assertEquals(tree(back(null, null).snapshot()), tree(last), "round " + round);
    }
    assertEquals(
        List.of(), repository.check(new CheckOptions(true), CANCEL, Meter.NONE).findings());
  }

  private void change(Random random) throws Exception {
    List<String> ways =
        List.of(
            "echo $RANDOM >> plain/deep/er/new",
            "mkdir -p plain/deep/more/and/more; echo x > plain/deep/more/and/more/file",
            "rm -rf plain/deep/more",
            "chmod $((RANDOM % 2 == 0 ? 700 : 755)) empty",
            "rm -f two; ln one two",
            "mv plain/text plain/renamed 2>/dev/null || mv plain/renamed plain/text",
            "ln -sfn \"target-$RANDOM\" dangling",
            "touch plain/deep/er",
            "rm -f pipe; mkfifo pipe",
            "echo $RANDOM > plain/deep/fresh; touch -d '2020-01-01' plain/deep/fresh");
    Samples.run(source, "cd \"$1\"; " + ways.get(random.nextInt(ways.size())));
  }

  /// What happens to files that nobody looks after.
  private void harm(Random random) throws IOException {
    Path file = cacheFile();
    byte[] bytes = Files.readAllBytes(file);
    switch (random.nextInt(3)) {
      case 0 -> Files.delete(file);
      case 1 -> Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      default -> {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
      }
    }
  }

  @Test
  void neverBuildsOnBlobsThatAreGone() throws Exception {
    Snapshot first = back(null, cache()).snapshot();
    BlobId whole = tree(first);
    try (Stream<Path> packs = Files.walk(work.resolve("repo/data"))) {
      for (Path pack : packs.filter(Files::isRegularFile).toList()) {
        Files.delete(pack);
      }
    }
    ArchiveReport second = back(first, cache());
    assertTrue(second.stats().dataBlobs() > 0 && second.stats().treeBlobs() > 0);
    assertEquals(whole, tree(second.snapshot()));
    Path target = work.resolve("restored");
    new LocalRestorer(repository)
        .restore(
            repository.node(second.snapshot(), inside()),
            target,
            new RestoreOptions(RestoreOptions.ExistingFiles.FAIL, true, Samples.root()),
            CANCEL,
            Meter.NONE);
    assertEquals(Samples.describe(source), Samples.describe(target));
  }

  @Test
  void aForgottenParentIsNotBuiltUpon() throws Exception {
    Snapshot first = back(null, cache()).snapshot();
    BlobId whole = tree(first);
    repository.forget(first);
    try (ParentMemory memory =
        ParentMemory.of(
            repository,
            new ArchiveOptions(List.of(), List.of(), "host", first, cache()),
            List.of(source))) {
      assertEquals(null, memory.known().find(inside()));
    }
    assertEquals(whole, tree(back(first, cache()).snapshot()));
  }

  @Test
  void aCacheFolderThatCannotBeWrittenIsNoFailure() throws Exception {
    Path file = Files.writeString(work.resolve("no-folder"), "");
    Snapshot first = back(null, file).snapshot();
    assertEquals(tree(first), tree(back(first, file).snapshot()));
  }
}
