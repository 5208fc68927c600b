package dev.backstay.repository.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.backstay.repository.local.RestoreOptions.ExistingFiles;
import dev.backstay.repository.peer.Peer;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.LocalStore;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our repositories under the real restic, and restic's under us.
@Timeout(300)
class ResticDifferentialTest {

  private static final CancelToken CANCEL = new CancelToken();
  private static final Secret PASSWORD = Secret.of("p");
  private static final RepositorySettings SETTINGS =
      RepositorySettings.ofThisMachine().withScryptCost(10);

  @TempDir Path work;

  @BeforeEach
  void needsLinux() {
    Assumptions.assumeTrue(Posix.available(), "local folders are only read on Linux");
  }

  private Path repo() {
    return work.resolve("repo");
  }

  private Path source() throws Exception {
    Path source = Files.createDirectories(work.resolve("source"));
    Samples.make(source);
    return source;
  }

  /// restic 0.14 loses link targets that are not UTF-8.
  private Path source(Peer restic) throws Exception {
    Path source = source();
    if (restic.before(15)) {
      Samples.run(source, "rm \"$1\"/badtarget");
    }
    return source;
  }

  private static ArchiveOptions options() {
    return new ArchiveOptions(List.of(), List.of("k=v"), "host", null);
  }

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void resticChecksAndRestoresOurs(Peer restic) throws Exception {
    Path source = source(restic);
    try (OpenRepository repository = Repository.init(new LocalStore(repo()), PASSWORD, SETTINGS)) {
      ArchiveReport report =
          new LocalArchiver(repository, InstantSource.system())
              .archive(List.of(source), options(), CANCEL, Meter.NONE);
      assertEquals(List.of(), report.failures());
    }
    String check = restic.output(repo(), "p", "check", "--read-data");
    assertTrue(check.contains("no errors were found"), check);
    Path target = work.resolve("restored");
    restic.output(repo(), "p", "restore", "latest", "--target", target.toString());
    assertEquals(
        Samples.describe(source),
        Samples.describe(target.resolve(Path.of("/").relativize(source))));
  }

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void weReadResticsAndWriteTheSameTrees(Peer restic) throws Exception {
    restic.output(repo(), "p", "init");
    Path source = source(restic);
    restic.output(repo(), "p", "backup", source.toString());
    Path target = work.resolve("restored");
    try (OpenRepository repository = Repository.open(new LocalStore(repo()), PASSWORD, SETTINGS)) {
      assertEquals(
          List.of(), repository.check(new CheckOptions(true), CANCEL, Meter.NONE).findings());
      Snapshot snapshot = repository.snapshot("latest");
      Node folder = repository.node(snapshot, FilePath.of(source.toString().substring(1)));
      RestoreReport report =
          new LocalRestorer(repository)
              .restore(
                  folder,
                  target,
                  new RestoreOptions(ExistingFiles.FAIL, true, Samples.root()),
                  CANCEL,
                  Meter.NONE);
      assertEquals(List.of(), report.failures());
      assertEquals(Samples.describe(source), Samples.describe(target));
      if (!restic.before(15)) {
        assertTreesAreTheSame(repository, snapshot.tree());
      }
      // What restic wrote is known: our own backup of the same folder adds no data.
      ArchiveReport again =
          new LocalArchiver(repository, InstantSource.system())
              .archive(List.of(source), options(), CANCEL, Meter.NONE);
      assertEquals(0, again.stats().dataBlobs());
    }
    restic.output(repo(), "p", "check", "--read-data");
  }

  private static void assertTreesAreTheSame(OpenRepository repository, BlobId tree)
      throws Exception {
    List<Node> nodes = repository.tree(tree);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(TreeCodec.encode(nodes));
    assertEquals(tree, BlobId.of(hash, 0), () -> nodes.toString());
    for (Node node : nodes) {
      BlobId subtree = node.subtree();
      if (subtree != null) {
        assertTreesAreTheSame(repository, subtree);
      }
    }
  }

  @Test
  void unchangedFilesAreNotReadAgain() throws Exception {
    Path source = source();
    try (OpenRepository repository = Repository.init(new LocalStore(repo()), PASSWORD, SETTINGS)) {
      LocalArchiver archiver = new LocalArchiver(repository, InstantSource.system());
      Snapshot first = archiver.archive(List.of(source), options(), CANCEL, Meter.NONE).snapshot();
      ArchiveOptions withParent = new ArchiveOptions(List.of("*.tmp"), List.of(), "host", first);
      Files.writeString(source.resolve("ignored.tmp"), "x");
      Files.writeString(source.resolve("plain/log"), "changed");
      ArchiveReport second = archiver.archive(List.of(source), withParent, CANCEL, Meter.NONE);
      var summary = second.snapshot().summary();
      assertTrue(summary != null && summary.filesChanged() == 1 && summary.filesNew() == 0);
      assertEquals(1, second.stats().dataBlobs());
      Node folder = repository.node(second.snapshot(), FilePath.of(source.toString().substring(1)));
      Path target = work.resolve("again");
      new LocalRestorer(repository)
          .restore(
              folder,
              target,
              new RestoreOptions(ExistingFiles.FAIL, false, Samples.root()),
              CANCEL,
              Meter.NONE);
      Files.delete(source.resolve("ignored.tmp"));
      Samples.run(work, "touch -r source again; cd \"$1\"; touch -r again source");
      assertEquals(Samples.describe(source), Samples.describe(target));
    }
  }
}
