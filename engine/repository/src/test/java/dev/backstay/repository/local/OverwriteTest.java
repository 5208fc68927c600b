package dev.backstay.repository.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.local.RestoreOptions.ExistingFiles;
import dev.backstay.repository.peer.Peer;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that are there already, in each of restic's four ways, beside what restic makes of the
/// same folder.
class OverwriteTest {

  private static final CancelToken CANCEL = new CancelToken();
  private static final Instant THEN = Instant.parse("2026-05-06T07:08:09.123456789Z");

  @TempDir Path work;

  private static void file(Path folder, String name, byte[] bytes, Instant modified)
      throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private Path source() throws IOException {
    Path source = Files.createDirectory(work.resolve("source"));
    for (String name :
        List.of("same", "mode", "older", "newer", "later", "longer", "hidden", "absent")) {
      file(source, name, random(name.hashCode(), 5000), THEN);
    }
    file(source, "large", random(1, 5 << 20), THEN);
    file(source, "large-hidden", random(2, 5 << 20), THEN);
    Files.createSymbolicLink(source.resolve("link"), Path.of("same"));
    return source;
  }

  /// What is there when the restore begins.
  private static Path there(Path folder) throws IOException {
    Files.createDirectory(folder);
    file(folder, "same", random("same".hashCode(), 5000), THEN);
    file(folder, "mode", random("mode".hashCode(), 5000), THEN);
    Files.setPosixFilePermissions(
        folder.resolve("mode"), PosixFilePermissions.fromString("r--------"));
    file(folder, "older", random(11, 4000), THEN.minusSeconds(60));
    file(folder, "newer", random(12, 4000), THEN.plusSeconds(60));
    file(folder, "later", random(13, 5000), THEN.plusNanos(1));
    file(folder, "longer", random(14, 6000), THEN);
    file(folder, "hidden", random(15, 5000), THEN);
    byte[] large = random(1, 5 << 20);
    large[3 << 20] ^= 1;
    file(folder, "large", large, THEN.minusNanos(1));
    byte[] hidden = random(2, 5 << 20);
    hidden[3 << 20] ^= 1;
    file(folder, "large-hidden", hidden, THEN);
    file(folder, "not-in-the-snapshot", random(16, 10), THEN);
    return folder;
  }

  @ParameterizedTest
  @CsvSource({"always,OVERWRITE", "if-changed,IF_CHANGED", "if-newer,IF_NEWER", "never,SKIP"})
  void doesWhatResticDoes(String word, ExistingFiles existing) throws Exception {
    Peer restic = Peer.restic("0.19").required();
    Path source = source();
    Path place = work.resolve("repository");
    Path theirs = there(work.resolve("theirs"));
    Path ours = there(work.resolve("ours"));
    try (OpenRepository repository =
        Repository.init(
            new LocalStore(place),
            Secret.of("p"),
            RepositorySettings.ofThisMachine().withScryptCost(10))) {
      Snapshot snapshot = Samples.backUp(repository, source).snapshot();
      restic.output(
          place,
          "p",
          "restore",
          snapshot.id() + ":" + source,
          "--target",
          theirs.toString(),
          "--overwrite",
          word);
      RestoreReport report =
          new LocalRestorer(repository)
              .restore(
                  repository.node(snapshot, FilePath.of(source.toString().substring(1))),
                  ours,
                  new RestoreOptions(existing, false, Samples.root()),
                  CANCEL,
                  Meter.NONE);
      assertEquals(List.of(), report.failures());
    }
    assertEquals(Samples.describe(theirs), Samples.describe(ours));
  }
}
