package dev.backstay.repository.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.FilePath;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.local.FolderState.Loss;
import dev.backstay.repository.peer.Peer;
import dev.backstay.repository.snapshot.FileCounts;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotDraft;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random folders, both ways, with several versions of restic: what one backs up the other
/// restores, from the same folder they make the same trees, and what restic does to a repository of
/// ours leaves it whole. `-Dbackstay.differential.seeds=20` tries more folders,
/// `-Dbackstay.differential.seed=N` one.
@Timeout(3600)
class ResticVersionsTest {

  @TempDir Path work;

  @BeforeEach
  void needsLinux() {
    Assumptions.assumeTrue(Posix.available(), "local folders are only read on Linux");
  }

  /// JUnit warns of each link that leads out.
  @AfterEach
  void clean() throws Exception {
    Samples.remove(work);
    Files.createDirectory(work);
  }

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void readsOurs(Peer restic) throws Exception {
    for (long seed : DifferentialCase.seeds()) {
      DifferentialCase it = new DifferentialCase(restic, seed, work);
      try (OpenRepository repository = it.init("ours")) {
        Snapshot made = it.backUp(repository);
        String check = it.run("ours", "check", "--read-data");
        assertTrue(check.contains("no errors were found"), check);
        it.sameList(it.run("ours", "ls", "--json", made.id()), repository, made);
        restored(restic, it, made.id());
      }
    }
  }

  private static void restored(Peer restic, DifferentialCase it, String id) throws Exception {
    Path target = it.place("restic-" + id);
    it.run("ours", "restore", id, "--target", target.toString());
    Set<Loss> losses = targets(restic);
    losses.add(Loss.LINKS_OF_SPECIALS);
    it.same(FolderState.of(it.source(), losses), FolderState.of(it.below(target), losses));
    Samples.remove(target);
  }

  private static Set<Loss> targets(Peer restic) {
    return restic.before(15) ? EnumSet.of(Loss.BYTES_OF_TARGETS) : EnumSet.noneOf(Loss.class);
  }

  /// By default a restic says of everything on which file system it was. Told to do that for hard
  /// links only, as we do, it makes the very same trees; 0.14 cannot be told.
  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void makesTheSameTrees(Peer restic) throws Exception {
    for (long seed : DifferentialCase.seeds()) {
      sameTrees(restic, new DifferentialCase(restic, seed, work));
    }
  }

  private static void sameTrees(Peer restic, DifferentialCase it) throws Exception {
    try (OpenRepository ours = it.init("ours");
        OpenRepository theirs = it.init("theirs", ours)) {
      // As late as ext4 can; restic cannot restore it.
      Samples.run(it.source(), "touch -d '2446-01-02 03:04:05.000000006 UTC' \"$1\"/late");
      Node made = it.folder(ours, it.backUp(ours));
      it.run("theirs", "backup", it.source().toString());
      it.sound(theirs);
      Snapshot usual = theirs.snapshot("latest");
      it.restoredByUs(theirs, usual, targets(restic));
      it.sameNodes(
          ours, List.of(made), theirs, List.of(it.folder(theirs, usual)), !restic.before(15));
      if (!restic.before(18)) {
        Peer restrained = restic.with("RESTIC_FEATURES", "device-id-for-hardlinks=true");
        it.run(restrained, "theirs", "backup", "--force", it.source().toString());
        assertEquals(it.folder(theirs, theirs.snapshot("latest")), made, it::toString);
      }
      // What is unchanged since a snapshot of another program is written as we write it.
      Snapshot again = it.backUp(theirs, usual);
      assertEquals(it.folder(theirs, again), made, it::toString);
    }
  }

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void readsAHugeFolder(Peer restic) throws Exception {
    DifferentialCase it = new DifferentialCase(restic, 0, work);
    Path huge = Files.createDirectory(it.source().resolve("huge"));
    new RandomFolder(0).makeHuge(huge, 20_000);
    try (OpenRepository ours = it.init("ours");
        OpenRepository theirs = it.init("theirs", ours)) {
      Snapshot made = it.backUp(ours);
      it.sameList(it.run("ours", "ls", "--json", made.id()), ours, made);
      restored(restic, it, made.id());
      it.run("theirs", "backup", it.source().toString());
      it.restoredByUs(theirs, theirs.snapshot("latest"), targets(restic));
    }
  }

  /// Such as restic writes on Windows.
  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void keepsAttributesOfWindows(Peer restic) throws Exception {
    DifferentialCase it = new DifferentialCase(restic, 0, work);
    try (OpenRepository ours = it.init("ours");
        OpenRepository other = it.init("other", ours)) {
      Snapshot made = windows(ours);
      it.run("ours", "check", "--read-data");
      copy(it, "ours", "other");
      assertEquals(trees(ours), trees(other), it::toString);
      if (!restic.before(17)) {
        it.run("ours", "rewrite", "--forget", "--exclude", "/gone", made.id());
        List<Node> kept = ours.tree(ours.snapshot("latest").tree());
        assertEquals(windows().subList(1, 2), kept, it::toString);
      }
    }
  }

  private static List<Node> windows() {
    String file =
        """
        {"name":"%s","type":"file","mode":438,"mtime":"2026-11-23T10:00:00Z",\
        "atime":"2026-11-23T10:00:00Z","ctime":"2026-11-23T10:00:00Z","uid":0,"gid":0,\
        "user":"S-1-5-18","generic_attributes":{"windows.creation_time":"AFDrkhFc3AE=",\
        "windows.file_attributes":32,"windows.security_descriptor":"AQAEgBQAAAAkAAAA"},\
        "content":[]}\
        """;
    String tree = "{\"nodes\":[" + file.formatted("gone") + "," + file.formatted("kept") + "]}\n";
    return TreeCodec.decode(tree.getBytes(StandardCharsets.UTF_8), "the tree");
  }

  private static Snapshot windows(OpenRepository repository) {
    try (RepositoryWriter writer = repository.writer()) {
      BlobId tree = writer.saveTree(windows());
      Instant now = Instant.parse("2026-11-23T10:00:00Z");
      List<String> none = List.of();
      return writer.commit(
          new SnapshotDraft(
              now, tree, List.of("C:\\"), "host", "user", none, none, null, FileCounts.NONE));
    }
  }

  /// One after the other on the same repository; after each it is whole, and the last snapshot what
  /// it was.
  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void worksOnOurs(Peer restic) throws Exception {
    for (long seed : DifferentialCase.seeds()) {
      DifferentialCase it = new DifferentialCase(restic, seed, work);
      try (OpenRepository repository = it.init("ours")) {
        it.backUp(repository);
        RandomFolder.change(it.source(), seed + 1000);
        it.backUp(repository);
        Snapshot last = it.backUp(repository);
        it.run("ours", "tag", "--set", "stays", last.id());
        it.whole(repository, 3);
        assertEquals(List.of("stays"), repository.snapshot("latest").tags());
        it.run("ours", "forget", repository.snapshots().get(1).id());
        it.whole(repository, 2);
        it.run("ours", "prune", "--max-unused", "0");
        it.whole(repository, 2);
        it.run("ours", "check", "--read-data");
        repairs(restic, it, repository);
        copies(it, repository);
        if (!restic.before(15)) {
          rewrites(it, repository);
        }
      }
    }
  }

  private static void repairs(Peer restic, DifferentialCase it, OpenRepository repository)
      throws Exception {
    if (restic.before(16)) {
      it.run("ours", "rebuild-index", "--read-all-packs");
    } else {
      it.run("ours", "repair", "index", "--read-all-packs");
      it.run("ours", "repair", "snapshots");
    }
    it.whole(repository, 2);
    if (!restic.before(17)) {
      String packs = it.run("ours", "list", "packs");
      it.run("ours", "repair", "packs", packs.lines().findFirst().orElseThrow());
      it.whole(repository, 2);
    }
  }

  /// Into another one, and from there into one that is empty.
  private static void copies(DifferentialCase it, OpenRepository repository) throws Exception {
    String from = "ours";
    for (String name : List.of("other", "back")) {
      try (OpenRepository other = it.init(name, repository)) {
        copy(it, from, name);
        it.whole(other, 2);
        assertEquals(trees(repository), trees(other), it::toString);
      }
      from = name;
    }
  }

  private static void copy(DifferentialCase it, String from, String to) throws Exception {
    Path word = Files.writeString(it.place("word"), DifferentialCase.WORD);
    String source = it.place(from).toString();
    it.run(to, "copy", "--from-repo", source, "--from-password-file", word.toString());
  }

  private static List<Object> trees(OpenRepository repository) {
    return repository.snapshots().stream().<Object>map(Snapshot::tree).toList();
  }

  /// Without what was added between the snapshots.
  private static void rewrites(DifferentialCase it, OpenRepository repository) throws Exception {
    String more = it.source().resolve("more").toString();
    it.run("ours", "rewrite", "--forget", "--exclude", more);
    assertEquals(2, repository.snapshots().size(), it::toString);
    it.sound(repository);
    Path target = it.place("rewritten");
    it.restore(repository, repository.snapshot("latest"), target);
    SortedMap<FilePath, String> left = FolderState.of(it.source());
    left.keySet().removeIf(path -> path.toString().matches("more|more/(?s:.*)"));
    it.same(left, FolderState.of(target));
    it.run("ours", "check", "--read-data");
  }
}
