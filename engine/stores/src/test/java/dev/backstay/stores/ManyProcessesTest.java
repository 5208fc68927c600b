package dev.backstay.stores;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.prune.MaxUnused;
import dev.backstay.repository.prune.PruneFigures;
import dev.backstay.repository.prune.PruneOptions;
import dev.backstay.repository.prune.PruneOutcome;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.ObjectStore;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Writers that are processes of their own write into one repository on a server that is another,
/// beside prunes that set aside and delete; one of them is killed. `-Dbackstay.writers=32` for
/// more.
@Timeout(600)
class ManyProcessesTest {

  private static final int WRITERS = Integer.getInteger("backstay.writers", 8);
  private static final int BACKUPS = 3;
  private static final CancelToken GO_ON = new CancelToken();
  private static final PruneOptions PRUNE =
      PruneOptions.DEFAULT
          .withMaxUnused(MaxUnused.NONE)
          .withMinimumAge(Duration.ZERO)
          .withFewSnapshots(true);

  @TempDir Path folder;

  private final List<Process> writers = new ArrayList<>();
  private final List<PruneOutcome> prunes = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private VersityServer server;
  private String place;

  @BeforeEach
  void start() throws Exception {
    server = VersityServer.start(folder);
    place = server.place("many/processes").text();
  }

  @AfterEach
  void stop() {
    writers.forEach(Process::destroyForcibly);
    if (server != null) {
      server.close();
    }
  }

  @Test
  void whatWasCommittedIsThere() throws Exception {
    init();
    startAll();
    CompletableFuture<List<String>> first = CompletableFuture.supplyAsync(this::killInTheMiddle);
    do {
      prune();
    } while (writers.stream().anyMatch(Process::isAlive));
    int beside = prunes.size();
    List<String> ofKilled = snapshots(first.join());
    assertTrue(!ofKilled.isEmpty() && ofKilled.size() < WriterProcess.BACKUPS, ofKilled::toString);
    List<String> committed = new ArrayList<>(ofKilled);
    for (int number = 2; number <= WRITERS; number++) {
      committed.addAll(reportedBy(number));
    }
    try (OpenRepository repository = open()) {
      PruneFigures figures = repository.plan(PruneOptions.EXCLUSIVE, GO_ON, Meter.NONE).figures();
      pruneToTheEnd(repository);
      hold(repository, committed);
      report(repository.snapshots(), beside, figures);
    }
  }

  /// What all writers have in common is there already, and nobody needs it: while they come to rely
  /// on it the prune sets it aside.
  private void init() {
    try (Secret secret = Secret.of(WriterProcess.PASSWORD);
        OpenRepository repository = Repository.init(store(), secret, WriterProcess.settings())) {
      int seed = (WRITERS + 1) * WriterProcess.BACKUPS;
      Snapshot old = WriterProcess.backUp(repository, seed, () -> {});
      repository.forget(old);
    }
  }

  private ObjectStore store() {
    return WriterProcess.store(ProxyServer.environment(), place, folder.resolve("cache"));
  }

  private OpenRepository open() {
    try (Secret secret = Secret.of(WriterProcess.PASSWORD)) {
      return Repository.open(store(), secret, WriterProcess.settings());
    }
  }

  private Process start(int number, int backups) throws IOException {
    return WriterProcess.command(place, folder.resolve("cache-" + number), number, backups)
        .redirectError(errors(number).toFile())
        .start();
  }

  private Path errors(int number) {
    return folder.resolve("errors-" + number);
  }

  private String said(int number) {
    try {
      return "writer " + number + ": " + Files.readString(errors(number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// They begin together, when all are ready.
  private void startAll() throws IOException {
    for (int number = 1; number <= WRITERS; number++) {
      // The first has more to do than it is left alive for.
      writers.add(start(number, number == 1 ? WriterProcess.BACKUPS : BACKUPS));
    }
    for (int number = 1; number <= WRITERS; number++) {
      int n = number;
      Process writer = writers.get(n - 1);
      assertEquals(WriterProcess.READY, writer.inputReader().readLine(), () -> said(n));
    }
    for (Process writer : writers) {
      writer.getOutputStream().close();
    }
  }

  /// Half of its second backup is stored by then.
  private List<String> killInTheMiddle() {
    Process writer = writers.getFirst();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = writer.inputReader()) {
      while (Collections.frequency(lines, WriterProcess.HALF) < 2) {
        lines.add(Objects.requireNonNull(reader.readLine(), () -> said(1)));
      }
      // Not that of Process, which closes the stream too: a snapshot may have been reported since.
      writer.toHandle().destroyForcibly();
      reader.lines().forEach(lines::add);
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> reportedBy(int number) throws Exception {
    Process writer = writers.get(number - 1);
    assertEquals(0, writer.waitFor(), () -> said(number));
    try (BufferedReader reader = writer.inputReader()) {
      List<String> snapshots = snapshots(reader.lines().toList());
      assertEquals(BACKUPS, snapshots.size());
      return snapshots;
    }
  }

  private static List<String> snapshots(List<String> lines) {
    return lines.stream().filter(line -> !line.equals(WriterProcess.HALF)).toList();
  }

  private void prune() {
    try (OpenRepository repository = open()) {
      prunes.add(repository.apply(repository.plan(PRUNE, GO_ON, Meter.NONE), GO_ON, Meter.NONE));
    } catch (ConflictException e) {
      refusals.add(e.code());
    }
  }

  /// The first sets aside what is left, the second deletes it.
  private void pruneToTheEnd(OpenRepository repository) {
    prune();
    prune();
    assertTrue(repository.plan(PRUNE, GO_ON, Meter.NONE).isEmpty(), refusals::toString);
    assertTrue(sum(PruneOutcome::packsDeleted) > 0);
  }

  private long sum(ToLongFunction<PruneOutcome> figure) {
    return prunes.stream().mapToLong(figure).sum();
  }

  private static void hold(OpenRepository repository, List<String> committed) {
    Map<String, Snapshot> listed =
        repository.snapshots().stream().collect(Collectors.toMap(Snapshot::id, s -> s));
    for (String line : committed) {
      String[] words = line.split(" ");
      Snapshot snapshot = Objects.requireNonNull(listed.get(words[0]), line);
      for (int file = 0; file < WriterProcess.FILES; file++) {
        byte[] content = WriterProcess.content(Integer.parseInt(words[1]), file);
        assertArrayEquals(content, read(repository, snapshot, WriterProcess.path(file)), line);
      }
    }
    // The one that was killed may have committed one more than it came to report.
    assertTrue(listed.size() <= committed.size() + 1, listed::toString);
    CheckReport report = repository.check(new CheckOptions(true), GO_ON, Meter.NONE);
    assertEquals(List.of(), report.findings());
  }

  private static byte[] read(OpenRepository repository, Snapshot snapshot, FilePath path) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    repository.read(repository.node(snapshot, path), 0, Long.MAX_VALUE, out, GO_ON);
    return out.toByteArray();
  }

  /// Copies are harmless, but there should be few. Had nobody seen what others store, some 6 % of
  /// everything would be copies, and some more by packs that came back after they were repacked.
  private void report(List<Snapshot> snapshots, int beside, PruneFigures figures) {
    double copies =
        100.0 * figures.duplicateBytes() / (figures.duplicateBytes() + figures.usedBytes());
    long stored = snapshots.stream().mapToLong(ManyProcessesTest::blobsStored).sum();
    System.out.printf(
        Locale.ROOT,
        "%d writers, %d snapshots: %d blobs of files stored, %d of them common ones;"
            + " in the end %d of %d blobs twice, %.2f %%%n"
            + "%d prunes beside them, refused %s; packs set aside %d, deleted %d, written %d,"
            + " brought back %d%n",
        WRITERS,
        snapshots.size(),
        stored,
        stored - (long) snapshots.size() * WriterProcess.OWN_FILES,
        figures.duplicateBlobs(),
        figures.usedBlobs(),
        copies,
        beside,
        refusals,
        sum(PruneOutcome::packsSetAside),
        sum(PruneOutcome::packsDeleted),
        sum(PruneOutcome::packsWritten),
        sum(PruneOutcome::packsBroughtBack));
    assertTrue(copies < 25, () -> copies + " %");
  }

  /// Its own, and of the common ones those that nobody seemed to have stored.
  private static long blobsStored(Snapshot snapshot) {
    long blobs = Objects.requireNonNull(snapshot.summary()).dataBlobs();
    assertTrue(blobs >= WriterProcess.OWN_FILES && blobs <= WriterProcess.FILES, snapshot::id);
    return blobs;
  }
}
