package dev.backstay.repository.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.key.KeyInfo;
import dev.backstay.repository.maintenance.Maintenance;
import dev.backstay.repository.peer.Peer;
import dev.backstay.repository.repair.PackRepair;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFilter;
import dev.backstay.repository.stats.Count;
import dev.backstay.repository.stats.CountMode;
import dev.backstay.repository.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What maintenance leaves behind under the real restic, and restic's repositories under ours.
@Timeout(300)
class ResticMaintenanceTest {

  private static final CancelToken CANCEL = new CancelToken();
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
    Samples.run(source, "rm -f \"$1\"/badtarget");
    return source;
  }

  private Path resticRepository(Peer restic) throws Exception {
    Path source = source();
    // With a key that opens quickly: restic's own would take most of the time.
    Repository.init(new LocalStore(repo()), Secret.of("p"), SETTINGS).close();
    restic.output(repo(), "p", "backup", source.toString());
    Files.writeString(source.resolve("plain/log"), "changed");
    Files.copy(source.resolve("random"), source.resolve("random-again"));
    restic.output(repo(), "p", "backup", "--tag", "second", source.toString());
    return source;
  }

  private OpenRepository open(Path repository, String password) {
    return Repository.open(new LocalStore(repository), Secret.of(password), SETTINGS);
  }

  private List<Path> files(String kind) throws IOException {
    try (Stream<Path> files = Files.walk(repo().resolve(kind))) {
      return files.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);
  }

  private void repairAll(OpenRepository repository) {
    Maintenance all = repository.maintenance();
    all.indexRepair().apply(all.indexRepair().plan(true, CANCEL, Meter.NONE), CANCEL, Meter.NONE);
    all.packRepair()
        .apply(
            all.packRepair().plan(List.of(), CANCEL, Meter.NONE),
            PackRepair.Keep.NOTHING,
            CANCEL,
            Meter.NONE);
    all.snapshotRepair()
        .apply(
            all.snapshotRepair().plan(SnapshotFilter.ALL, true, CANCEL, Meter.NONE),
            CANCEL,
            Meter.NONE);
  }

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void aLostIndexOfResticsComesBack(Peer restic) throws Exception {
    Path source = resticRepository(restic);
    for (Path index : files("index")) {
      Files.delete(index);
    }
    try (OpenRepository repository = open(repo(), "p")) {
      repairAll(repository);
      assertEquals(2, repository.snapshots().size());
    }
    restic.output(repo(), "p", "check", "--read-data");
    Path target = work.resolve("restored");
    restic.output(repo(), "p", "restore", "latest", "--target", target.toString());
    assertEquals(
        Samples.describe(source),
        Samples.describe(target.resolve(Path.of("/").relativize(source))));
  }

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void damagedPacksOfResticsAreRepaired(Peer restic) throws Exception {
    resticRepository(restic);
    List<Path> packs = files("data");
    for (Path pack : packs) {
      flip(pack);
    }
    assertFalse(restic.run(repo(), "p", "check", "--read-data").status() == 0);
    try (OpenRepository repository = open(repo(), "p")) {
      repairAll(repository);
      assertTrue(
          repository.check(new CheckOptions(true), CANCEL, Meter.NONE).sound(), "sound to us");
    }
    restic.output(repo(), "p", "check", "--read-data");
    if (!restic.before(15)) {
      restic.output(repo(), "p", "repair", "snapshots", "--dry-run");
    }
  }

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void missingPacksOfResticsAreRepaired(Peer restic) throws Exception {
    resticRepository(restic);
    List<Path> packs = files("data");
    Files.delete(packs.getFirst());
    try (OpenRepository repository = open(repo(), "p")) {
      repairAll(repository);
    }
    restic.output(repo(), "p", "check", "--read-data");
  }

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void keysWorkBothWays(Peer restic) throws Exception {
    resticRepository(restic);
    try (OpenRepository repository = open(repo(), "p")) {
      repository.maintenance().keys().add(Secret.of("second"), "somebody", "somewhere", CANCEL);
      repository.maintenance().keys().change(Secret.of("new"), "", "", CANCEL);
    }
    restic.output(repo(), "new", "check", "--read-data");
    restic.output(repo(), "second", "snapshots");
    assertFalse(restic.run(repo(), "p", "snapshots").status() == 0);
    String keys = restic.output(repo(), "new", "key", "list", "--json");
    assertTrue(keys.contains("somebody"), keys);
    Path file = Files.writeString(work.resolve("third"), "third\n");
    restic.output(repo(), "new", "key", "add", "--new-password-file", file.toString());
    try (OpenRepository repository = open(repo(), "third")) {
      List<KeyInfo> list = repository.maintenance().keys().list();
      assertEquals(3, list.size());
      assertEquals(1, list.stream().filter(KeyInfo::current).count());
      list.stream()
          .filter(key -> !key.current())
          .forEach(
              key -> repository.maintenance().keys().remove(key.id().substring(0, 10), CANCEL));
    }
    restic.output(repo(), "third", "check");
    assertFalse(restic.run(repo(), "new", "snapshots").status() == 0);
  }

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void aCopyHasAnotherMasterKeyAndIsNotCopiedTwice(Peer restic) throws Exception {
    Path source = resticRepository(restic);
    Path other = work.resolve("other");
    try (OpenRepository from = open(repo(), "p");
        OpenRepository to =
            Repository.init(new LocalStore(other), Secret.of("q"), SETTINGS, from)) {
      var copy = from.maintenance().copyTo(to.maintenance());
      var report = copy.apply(copy.plan(SnapshotFilter.ALL, CANCEL), CANCEL, Meter.NONE);
      assertEquals(2, report.made().size());
      assertEquals(List.of(), report.failures());
      assertTrue(copy.plan(SnapshotFilter.ALL, CANCEL).isEmpty());
      assertEquals(
          from.snapshots().stream().map(Snapshot::id).toList(),
          to.snapshots().stream().map(Snapshot::original).toList());
    }
    restic.output(other, "q", "check", "--read-data");
    Path target = work.resolve("restored");
    restic.output(other, "q", "restore", "latest", "--target", target.toString());
    assertEquals(
        Samples.describe(source),
        Samples.describe(target.resolve(Path.of("/").relativize(source))));
    // restic sees that it was copied, and the same chunks as the same.
    Path file = Files.writeString(work.resolve("from"), "p\n");
    String[] from = {"--from-repo", repo().toString(), "--from-password-file", file.toString()};
    restic.output(other, "q", "copy", from[0], from[1], from[2], from[3]);
    try (OpenRepository to = open(other, "q")) {
      assertEquals(2, to.snapshots().size());
      var blobs =
          new LocalArchiver(to, SETTINGS.clock())
              .archive(
                  List.of(source),
                  new ArchiveOptions(List.of(), List.of(), "h", null),
                  CANCEL,
                  Meter.NONE)
              .stats();
      assertEquals(0, blobs.dataBlobs());
    }
  }

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void whatResticCopiedIsNotCopiedAgain(Peer restic) throws Exception {
    resticRepository(restic);
    Path other = work.resolve("other");
    Path file = Files.writeString(work.resolve("from"), "p\n");
    String[] from = {"--from-repo", repo().toString(), "--from-password-file", file.toString()};
    restic.output(other, "q", "init", "--copy-chunker-params", from[0], from[1], from[2], from[3]);
    restic.output(other, "q", "copy", from[0], from[1], from[2], from[3]);
    try (OpenRepository source = open(repo(), "p");
        OpenRepository to = open(other, "q")) {
      assertEquals(source.polynomial(), to.polynomial());
      var plan = source.maintenance().copyTo(to.maintenance()).plan(SnapshotFilter.ALL, CANCEL);
      assertTrue(plan.isEmpty(), plan::toString);
      assertEquals(2, plan.skipped().size());
    }
  }

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void countsAreRestics(Peer restic) throws Exception {
    resticRepository(restic);
    try (OpenRepository repository = open(repo(), "p")) {
      for (CountMode mode : CountMode.values()) {
        String json = restic.output(repo(), "p", "stats", "--json", "--mode", mode.word());
        Count count =
            repository
                .maintenance()
                .statistics()
                .count(mode, SnapshotFilter.ALL, CANCEL, Meter.NONE);
        String what = mode + ": " + json + " " + count;
        assertEquals(number(json, "total_size"), count.bytes(), what);
        assertEquals(number(json, "total_file_count"), count.files(), what);
        assertEquals(number(json, "total_blob_count"), count.blobs(), what);
        if (json.contains("total_uncompressed_size")) {
          assertEquals(number(json, "total_uncompressed_size"), count.uncompressed(), what);
          assertEquals(fraction(json, "compression_ratio"), count.ratio(), 1e-9, what);
          assertEquals(fraction(json, "compression_progress"), count.progress(), 1e-9, what);
          assertEquals(fraction(json, "compression_space_saving"), count.saving(), 1e-9, what);
        }
      }
    }
  }

  private static long number(String json, String name) {
    return (long) fraction(json, name);
  }

  private static double fraction(String json, String name) {
    Matcher matcher = Pattern.compile('"' + name + "\":([0-9.e+-]+)").matcher(json);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }

  /// Which decompresses nothing: a lock that it cannot read would keep it out.
  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void resticWorksWithVersionOneWhileItIsChecked(Peer restic) throws Exception {
    Path source = source();
    restic.output(repo(), "p", "init", "--repository-version", "1");
    restic.output(repo(), "p", "backup", source.toString());
    try (OpenRepository repository = open(repo(), "p")) {
      AtomicBoolean asked = new AtomicBoolean();
      CheckReport report =
          repository.check(
              new CheckOptions(true),
              CANCEL,
              (_, _) -> {
                if (asked.compareAndSet(false, true)) {
                  asserts(() -> restic.output(repo(), "p", "backup", source.toString()));
                }
              });
      assertTrue(report.sound(), () -> report.findings().toString());
      assertTrue(asked.get());
    }
    restic.output(repo(), "p", "check");
  }

  private static void asserts(Callable<String> work) {
    try {
      work.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void locksOfRestics(Peer restic) throws Exception {
    resticRepository(restic);
    try (OpenRepository repository = open(repo(), "p")) {
      Process holder = holder(restic);
      var locks = repository.maintenance().locks();
      assertEquals(0, locks.plan(false, _ -> false).removed().size(), "it lives");
      assertEquals(1, locks.list().size());
      assertEquals(holder.pid(), locks.list().getFirst().pid());
      holder.destroyForcibly().waitFor();
      var plan = locks.plan(false, _ -> false);
      assertEquals(1, plan.removed().size());
      assertEquals(1, locks.apply(plan).size());
      assertEquals(List.of(), locks.list());
    }
    restic.output(repo(), "p", "check");
  }

  /// A backup that waits for its input, and holds a lock meanwhile.
  private Process holder(Peer restic) throws Exception {
    ProcessBuilder builder =
        restic.command(repo().toString(), "p", "backup", "--stdin", "-q").redirectErrorStream(true);
    Process process = builder.start();
    // A file that restic is still writing bears another name, and is no lock yet.
    while (files("locks").stream()
        .noneMatch(file -> file.getFileName().toString().length() == 64)) {
      assertTrue(process.isAlive(), "it ended");
      Thread.sleep(20);
    }
    return process;
  }
}
