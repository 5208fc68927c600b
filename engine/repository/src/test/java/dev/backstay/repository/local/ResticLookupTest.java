package dev.backstay.repository.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.browse.FileQuery;
import dev.backstay.repository.browse.FileSearch;
import dev.backstay.repository.browse.FileSearch.Unindexed;
import dev.backstay.repository.browse.PathPattern;
import dev.backstay.repository.browse.TreeDiff;
import dev.backstay.repository.browse.TreeDifference;
import dev.backstay.repository.browse.TreeDifference.Kind;
import dev.backstay.repository.json.GoTime;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.peer.Peer;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.LocalStore;
import dev.backstay.repository.tree.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the restic of the path lists, finds and compares, against what we do.
@Timeout(300)
class ResticLookupTest {

  private static final CancelToken CANCEL = new CancelToken();

  @TempDir Path work;

  private Path source;
  private String first = "";
  private String second = "";

  @BeforeEach
  void twoSnapshotsOfAChangingFolder() throws Exception {
    Assumptions.assumeTrue(Posix.available(), "local folders are only read on Linux");
    source = Files.createDirectories(work.resolve("source"));
    restic("init");
    Samples.make(source);
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      write(random, "d" + random.nextInt(9) + "/e" + random.nextInt(9) + "/f" + i % 40);
    }
    restic("backup", source.toString());
    for (int i = 0; i < 60; i++) {
      write(random, "d" + random.nextInt(12) + "/e" + random.nextInt(9) + "/f" + i);
    }
    // d2 is not left empty: restic 0.14 does not find a folder whose empty twin held no match.
    Samples.run(
        source,
        """
        cd "$1"; rm -r d1; rm -rf d2/e*; touch d2/last; rm -f pipe; mkdir pipe; touch pipe/x; chmod 600 plain/log
        rm -f dangling; ln -s elsewhere dangling; mv d3 moved; touch -d @1700000000 plain/empty
        """);
    restic("backup", source.toString());
    List<String> ids = new ArrayList<>();
    for (Map<String, String> snapshot : objects(restic("snapshots", "--json"))) {
      ids.add(snapshot.getOrDefault("id", ""));
    }
    first = ids.get(0);
    second = ids.get(1);
  }

  private void write(Random random, String path) throws IOException {
    Path file = source.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, "x".repeat(random.nextInt(500)));
  }

  private String restic(String... arguments) {
    return Peer.restic().output(work.resolve("repo"), "p", arguments);
  }

  /// The objects of a list, or one in each line; inner lists and numbers as they stand.
  private static List<Map<String, String>> objects(String json) {
    List<Map<String, String>> all = new ArrayList<>();
    if (json.startsWith("[") || json.startsWith("null")) {
      JsonReader in = new JsonReader(json.strip().getBytes(StandardCharsets.UTF_8), "restic");
      if (!in.isNull()) {
        in.list();
        while (in.more()) {
          all.add(object(in));
        }
      }
      return all;
    }
    for (String line : json.lines().filter(text -> !text.isBlank()).toList()) {
      all.add(object(new JsonReader(line.getBytes(StandardCharsets.UTF_8), "restic")));
    }
    return all;
  }

  private static Map<String, String> object(JsonReader in) {
    Map<String, String> fields = new HashMap<>();
    in.object();
    while (in.more()) {
      String name = in.name();
      String raw = in.raw();
      fields.put(name, raw.startsWith("\"") ? text(raw) : raw);
    }
    return fields;
  }

  private static String text(String raw) {
    return new JsonReader(raw.getBytes(StandardCharsets.UTF_8), "restic").string();
  }

  /// Go writes one replacement for each bad byte, Java one for several.
  private static String path(Object path) {
    return path.toString().replaceAll("\ufffd+", "?");
  }

  private interface Body {
    void run(OpenRepository repository) throws Exception;
  }

  private void ours(Body body) throws Exception {
    RepositorySettings settings =
        RepositorySettings.ofThisMachine().withCache(work.resolve("cache"));
    try (OpenRepository repository =
        Repository.open(new LocalStore(work.resolve("repo")), Secret.of("p"), settings)) {
      body.run(repository);
    }
  }

  private static String line(FilePath path, Node node) {
    String time = GoTime.format(node.modified().seconds(), node.modified().nanos(), 0);
    return path("/" + path) + " " + node.type().word() + " " + node.uid() + " " + time;
  }

  private static String line(Map<String, String> node) {
    String type = String.valueOf(node.get("type"));
    return path(node.getOrDefault("path", ""))
        + " "
        + type
        + " "
        + node.get("uid")
        + " "
        + utc(node);
  }

  private static String utc(Map<String, String> node) {
    return GoTime.format(GoTime.parse(String.valueOf(node.get("mtime"))));
  }

  @Test
  void lists() throws Exception {
    List<String> theirs = new ArrayList<>();
    for (Map<String, String> node : objects(restic("ls", "--json", second))) {
      if ("node".equals(node.get("struct_type"))) {
        theirs.add(line(node));
      }
    }
    assertTrue(theirs.size() > 200, theirs::toString);
    ours(repository -> {
      List<String> found = new ArrayList<>();
      Node root = repository.node(repository.snapshot(second), FilePath.ROOT);
      repository.walk(root, (path, node) -> found.add(line(path, node)), CANCEL);
      assertEquals(theirs, found);
    });
  }

  @Test
  void finds() throws Exception {
    String below = source.toString();
    for (String pattern :
        List.of(
            "f1",
            "f1*",
            "F2?",
            "plain",
            "plain/deep",
            "deep/*",
            below + "/d4/*/f*",
            "[f-g][0-9]",
            below + "/d?",
            "d5/**/f7",
            "**/e3",
            "nowhere",
            "*")) {
      finds(pattern, false);
    }
    finds("F2?", true);
  }

  private void finds(String pattern, boolean ignoreCase) throws Exception {
    List<String> command = new ArrayList<>(List.of("find", "--json", pattern));
    if (ignoreCase) {
      command.add("-i");
    }
    Set<String> theirs = new TreeSet<>();
    for (Map<String, String> snapshot : objects(restic(command.toArray(String[]::new)))) {
      for (Map<String, String> hit : objects(String.valueOf(snapshot.get("matches")))) {
        theirs.add(snapshot.get("snapshot") + " " + path(hit.getOrDefault("path", "")));
      }
    }
    ours(repository -> {
      for (Unindexed how : new Unindexed[] {Unindexed.WALK, Unindexed.INDEX}) {
        Set<String> found = new TreeSet<>();
        new FileSearch(
                repository,
                FileQuery.of(PathPattern.restic(pattern, ignoreCase)),
                hit -> found.add(hit.snapshot().id() + " " + path("/" + hit.path())),
                CANCEL)
            .in(repository.snapshots(), how);
        assertSame(theirs, found, pattern);
      }
    });
  }

  @Test
  void compares() throws Exception {
    for (boolean metadata : new boolean[] {false, true}) {
      List<String> command = new ArrayList<>(List.of("diff", "--json", first, second));
      if (metadata) {
        command.add("--metadata");
      }
      Set<String> theirs = new TreeSet<>();
      for (Map<String, String> change : objects(restic(command.toArray(String[]::new)))) {
        if ("change".equals(change.get("message_type"))) {
          theirs.add(change.get("modifier") + " " + path(change.getOrDefault("path", "")));
        }
      }
      assertTrue(theirs.size() > 50, theirs::toString);
      ours(repository -> assertSame(theirs, changes(repository, metadata), "diff"));
    }
  }

  private static void assertSame(Set<String> theirs, Set<String> ours, String what) {
    Set<String> missing = new TreeSet<>(theirs);
    missing.removeAll(ours);
    Set<String> more = new TreeSet<>(ours);
    more.removeAll(theirs);
    assertEquals("missing [], more []", "missing " + missing + ", more " + more, what);
  }

  private Set<String> changes(OpenRepository repository, boolean metadata) {
    Snapshot before = repository.snapshot(first);
    Snapshot after = repository.snapshot(second);
    Set<String> found = new TreeSet<>();
    List<FilePath> otherTypes = new ArrayList<>();
    TreeDiff.compare(
        repository,
        FilePath.ROOT,
        repository.node(before, FilePath.ROOT),
        repository.node(after, FilePath.ROOT),
        TreeDiff.EVERYTHING,
        change -> {
          // restic does not look into what became a folder, or was one.
          boolean below = otherTypes.stream().anyMatch(path -> change.path().parent().equals(path));
          if (change.otherType()) {
            otherTypes.add(change.path());
          }
          modifier(change, metadata).filter(_ -> !below).ifPresent(found::add);
        },
        CANCEL);
    return found;
  }

  private static Optional<String> modifier(TreeDifference change, boolean metadata) {
    Node last = change.after() == null ? change.before() : change.after();
    String name = path("/" + change.path()) + (last != null && last.isFolder() ? "/" : "");
    boolean file = last != null && last.isFile();
    String modifier =
        switch (change.kind()) {
          case ADDED -> "+";
          case REMOVED -> "-";
          case CHANGED -> change.otherType() ? (metadata ? "TU" : "T") : file ? "M" : "U";
          case METADATA_ONLY -> "U";
        };
    boolean shown = metadata || !modifier.equals("U");
    return shown && (change.kind() != Kind.METADATA_ONLY || metadata)
        ? Optional.of(modifier + " " + name)
        : Optional.empty();
  }
}
