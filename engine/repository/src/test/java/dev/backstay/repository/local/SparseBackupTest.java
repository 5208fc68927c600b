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
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.tree.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holes are not read, and nothing shows it: the blobs are those of the file read byte by byte.
class SparseBackupTest {

  private static final CancelToken CANCEL = new CancelToken();

  @TempDir Path work;

  @Test
  void holesGiveTheSameBlobsAsZeros() throws Exception {
    Path source = Files.createDirectory(work.resolve("source"));
    Random random = new Random(3);
    for (int i = 0; i < 12; i++) {
      sparse(source.resolve("file-" + i), random);
    }
    try (OpenRepository repository = open()) {
      Snapshot snapshot = back(repository, source);
      try (RepositoryWriter writer = repository.writer()) {
        for (int i = 0; i < 12; i++) {
          Path file = source.resolve("file-" + i);
          assertEquals(read(writer, file), node(repository, snapshot, file).content(), "file " + i);
        }
      }
    }
  }

  private OpenRepository open() {
    return Repository.init(
        new MemoryStore(), Secret.of("x"), RepositorySettings.ofThisMachine().withScryptCost(10));
  }

  private static Snapshot back(OpenRepository repository, Path source) {
    ArchiveReport report = Samples.backUp(repository, source);
    assertEquals(List.of(), report.failures());
    return report.snapshot();
  }

  private static Node node(OpenRepository repository, Snapshot snapshot, Path file) {
    return repository.node(snapshot, FilePath.of(file.toString().substring(1)));
  }

  private static List<BlobId> read(RepositoryWriter writer, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return writer.saveFile(in, CANCEL, Meter.NONE).blobs();
    }
  }

  /// Islands of data at odd places; some written and made zeros again.
  private static void sparse(Path path, Random random) throws IOException {
    long size = 1L + random.nextInt(30 << 20);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
      for (int i = random.nextInt(5); i > 0; i--) {
        byte[] island = new byte[random.nextInt(2 << 20)];
        if (i % 2 == 0) {
          random.nextBytes(island);
        }
        long at = (long) (random.nextDouble() * size);
        file.seek(at);
        file.write(island, 0, (int) Math.min(island.length, size - at));
      }
    }
  }

  @Test
  void whatTheKernelMakesUpIsReadToItsEnd() {
    Path file = Path.of("/proc/version");
    try (OpenRepository repository = open()) {
      ArchiveReport report = Samples.backUp(repository, file);
      assertTrue(node(repository, report.snapshot(), file).size() > 0);
    }
  }
}
