package dev.backstay.repository.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.local.RestoreOptions.ExistingFiles;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.MemoryStore;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InPlaceRestoreTest {

  private static final CancelToken CANCEL = new CancelToken();
  private static final int SIZE = 24 << 20;

  @TempDir Path work;
  private Path source = Path.of("");
  private Path target = Path.of("");
  private OpenRepository repository;
  private Snapshot snapshot;

  @BeforeEach
  void backUp() throws Exception {
    source = Files.createDirectory(work.resolve("source"));
    target = work.resolve("target");
    byte[] bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    Files.write(source.resolve("large"), bytes);
    repository =
        Repository.init(
            new MemoryStore(),
            Secret.of("x"),
            RepositorySettings.ofThisMachine().withScryptCost(10));
    snapshot = Samples.backUp(repository, source).snapshot();
    restore(false);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private RestoreReport restore(boolean sparse) {
    return new LocalRestorer(repository)
        .restore(
            repository.node(snapshot, FilePath.of(source.toString().substring(1))),
            target,
            new RestoreOptions(ExistingFiles.OVERWRITE, sparse, Samples.root()),
            CANCEL,
            Meter.NONE);
  }

  private void isRight(RestoreReport report) throws Exception {
    assertEquals(List.of(), report.failures());
    assertEquals(Samples.describe(source), Samples.describe(target));
  }

  private Object inode() throws Exception {
    return Files.getAttribute(target.resolve("large"), "unix:ino");
  }

  @Test
  void whatIsRightIsNotWritten() throws Exception {
    Object inode = inode();
    Files.setLastModifiedTime(
        target.resolve("large"), java.nio.file.attribute.FileTime.fromMillis(5));
    RestoreReport report = restore(false);
    assertEquals(0, report.bytes());
    assertEquals(inode, inode());
    isRight(report);
  }

  @Test
  void onlyWhatDiffersIsWritten() throws Exception {
    Object inode = inode();
    try (RandomAccessFile file = new RandomAccessFile(target.resolve("large").toFile(), "rw")) {
      file.seek(SIZE / 2);
      file.write(new byte[5000]);
    }
    RestoreReport report = restore(true);
    assertTrue(report.bytes() > 0 && report.bytes() <= 16 << 20, report.bytes() + " bytes");
    assertEquals(inode, inode());
    isRight(report);
  }

  @Test
  void randomDamageIsPutRight() throws Exception {
    Random random = new Random(8);
    for (int round = 0; round < 15; round++) {
      try (RandomAccessFile file = new RandomAccessFile(target.resolve("large").toFile(), "rw")) {
        if (round % 3 == 0) {
          file.setLength(random.nextInt(2 * SIZE));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
          file.seek(random.nextInt(SIZE));
          file.write(new byte[random.nextInt(100_000)]);
        }
      }
      isRight(restore(round % 2 == 0));
    }
  }

  /// Whoever linked the file elsewhere meant what it held.
  @Test
  void otherNamesOfTheFileKeepWhatTheyHad() throws Exception {
    Path elsewhere = work.resolve("elsewhere");
    Files.write(target.resolve("large"), new byte[SIZE]);
    Files.createLink(elsewhere, target.resolve("large"));
    isRight(restore(false));
    assertEquals(-1, Files.mismatch(elsewhere, Files.write(work.resolve("zeros"), new byte[SIZE])));
  }

  /// A link in the place of the file is replaced, and what it points to is left alone.
  @Test
  void linksAreNotFollowed() throws Exception {
    Path outside = Files.write(work.resolve("outside"), new byte[SIZE]);
    Files.delete(target.resolve("large"));
    Files.createSymbolicLink(target.resolve("large"), outside);
    isRight(restore(false));
    assertEquals(-1, Files.mismatch(outside, Files.write(work.resolve("zeros"), new byte[SIZE])));
  }

  @Test
  void attributesThatWereNotBackedUpDoNotStay() throws Exception {
    Object inode = inode();
    try {
      Files.setAttribute(target.resolve("large"), "user:note", new byte[] {1});
    } catch (java.io.IOException | UnsupportedOperationException e) {
      org.junit.jupiter.api.Assumptions.abort("no extended attributes here");
    }
    isRight(restore(false));
    assertNotEquals(inode, inode());
  }
}
