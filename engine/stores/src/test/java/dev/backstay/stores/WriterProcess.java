package dev.backstay.stores;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.model.StoreOptions;
import dev.backstay.repository.FileContent;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.TreeAssembler;
import dev.backstay.repository.snapshot.FileCounts;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotDraft;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A process of its own that backs up again and again. Prints `ready` and waits until its input
/// ends; then for each backup [#HALF] when half of it is stored, and the snapshot's id and the
/// files' seed when it is committed.
final class WriterProcess {

  static final String PASSWORD = "secret-8032";
  static final String READY = "ready";
  static final String HALF = "half";
  static final int FILES = 8;
  static final int OWN_FILES = FILES - 2;

  // Bytes of a file. Too few to be cut, so each is one blob.
  private static final int COMMON_SIZE = 64 << 10;
  private static final int OWN_SIZE = 320 << 10;

  /// Seeds of a writer: its number times this and the number of the backup.
  static final int BACKUPS = 100;

  private WriterProcess() {}

  /// The location, a folder for the cache, the writer's number, how many backups.
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int number = Integer.parseInt(args[2]);
    int backups = Integer.parseInt(args[3]);
    open(args).close();
    out.println(READY);
    System.in.transferTo(OutputStream.nullOutputStream());
    // Half of the writers keep the index that they have loaded, the others load it each time.
    int each = number % 2 == 0 ? backups : 1;
    for (int first = 0; first < backups; first += each) {
      try (OpenRepository repository = open(args)) {
        for (int i = first; i < first + each; i++) {
          int seed = number * BACKUPS + i;
          out.println(backUp(repository, seed, () -> out.println(HALF)).id() + " " + seed);
        }
      }
    }
  }

  private static OpenRepository open(String[] args) {
    ObjectStore store = store(System.getenv(), args[0], Path.of(args[1]));
    try (Secret secret = Secret.of(PASSWORD)) {
      return Repository.open(store, secret, settings());
    }
  }

  static ObjectStore store(Map<String, String> environment, String place, Path cache) {
    return new Stores(environment, cache, InstantSource.system(), _ -> {})
        .open(new RepositoryLocation(place), StoreOptions.DEFAULT);
  }

  static RepositorySettings settings() {
    return RepositorySettings.ofThisMachine().withScryptCost(10);
  }

  static ProcessBuilder command(String place, Path cache, int number, int backups) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            WriterProcess.class.getName(),
            place,
            cache.toString(),
            "" + number,
            "" + backups);
    builder.environment().putAll(ProxyServer.environment());
    return builder;
  }

  static Snapshot backUp(OpenRepository repository, int seed, Runnable half) {
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      for (int i = 0; i < FILES; i++) {
        add(tree, writer, path(i), content(seed, i));
        if (i == FILES / 2) {
          writer.flush();
          half.run();
        }
      }
      return writer.commit(
          new SnapshotDraft(
              Instant.now(),
              tree.finish(),
              List.of("/data"),
              "host-" + seed / BACKUPS,
              "user",
              List.of(),
              List.of(),
              null,
              FileCounts.NONE));
    }
  }

  private static void add(
      TreeAssembler tree, RepositoryWriter writer, FilePath path, byte[] bytes) {
    FileContent content =
        writer.saveFile(new ByteArrayInputStream(bytes), new CancelToken(), Meter.NONE);
    Node node = Node.file("x", NodeTime.EPOCH).withContent(content.blobs(), content.size());
    tree.add(path, node);
  }

  static FilePath path(int file) {
    return FilePath.of("data/f" + file);
  }

  /// The first is the same in all backups, the second in the backups of the same number.
  static byte[] content(int seed, int file) {
    long from = file == 0 ? -1 : file == 1 ? -2 - seed % BACKUPS : (long) seed * FILES + file;
    byte[] bytes = new byte[from < 0 ? COMMON_SIZE : OWN_SIZE];
    new Random(from).nextBytes(bytes);
    return bytes;
  }
}
