package dev.backstay.repository.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.browse.FileSearch.Unindexed;
import dev.backstay.repository.browse.TreeDifference.Kind;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/// Walks, differences, searches and versions against the simplest way to find the same.
class BrowsePropertyTest {

  private static final CancelToken CANCEL = new CancelToken();

  private interface Body {
    void run(OpenRepository repository, List<Snapshot> snapshots, Random random);
  }

  // One for all, because a writer's lock waits for others.
  private static final OpenRepository REPOSITORY =
      Repository.init(
          new MemoryStore(), Secret.of("p"), RepositorySettings.ofThisMachine().withScryptCost(2));
  private static final RepositoryWriter WRITER = REPOSITORY.writer();

  private static void with(long seed, Body body) {
    Random random = new Random(seed);
    RandomSnapshots maker = new RandomSnapshots(WRITER, random);
    List<Snapshot> snapshots = new ArrayList<>();
    for (int i = random.nextInt(2, 6); i > 0; i--) {
      snapshots.add(maker.next(random.nextInt(60)));
    }
    body.run(REPOSITORY, snapshots, random);
  }

  @AfterContainer
  static void close() {
    WRITER.close();
    REPOSITORY.close();
  }

  private static Node root(Snapshot snapshot) {
    return Node.folder("", NodeTime.EPOCH).withSubtree(snapshot.tree());
  }

  @Property(tries = 60)
  void walksInOrder(@ForAll long seed) {
    with(
        seed,
        (repository, snapshots, random) -> {
          for (Snapshot snapshot : snapshots) {
            Map<FilePath, Node> wanted = RandomSnapshots.flat(repository, snapshot);
            Map<FilePath, Node> seen = new TreeMap<>();
            int refuse = random.nextInt(1, 5);
            repository.walk(
                root(snapshot),
                (path, node) -> {
                  seen.put(path, node);
                  return path.hashCode() % refuse != 0;
                },
                CANCEL);
            Map<FilePath, Node> open = new TreeMap<>(wanted);
            open.keySet().removeIf(path -> refused(path.parent(), refuse));
            assertEquals(open, seen);
          }
        });
  }

  private static boolean refused(FilePath folder, int refuse) {
    return !folder.isRoot()
        && (folder.hashCode() % refuse == 0 || refused(folder.parent(), refuse));
  }

  @Property(tries = 60)
  void differsWhereTheModelDiffers(@ForAll long seed) {
    with(
        seed,
        (repository, snapshots, random) -> {
          Snapshot a = snapshots.get(random.nextInt(snapshots.size()));
          Snapshot b = snapshots.get(random.nextInt(snapshots.size()));
          List<String> found = new ArrayList<>();
          TreeDiff.compare(
              repository,
              FilePath.ROOT,
              root(a),
              root(b),
              TreeDiff.SHOWN,
              d -> found.add(d.kind() + " " + d.path()),
              CANCEL);
          assertEquals(model(repository, a, b), new TreeSet<>(found));
          assertEquals(found.size(), new TreeSet<>(found).size());
        });
  }

  private static Set<String> model(OpenRepository repository, Snapshot a, Snapshot b) {
    Map<FilePath, Node> before = RandomSnapshots.flat(repository, a);
    Map<FilePath, Node> after = RandomSnapshots.flat(repository, b);
    TreeSet<FilePath> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    TreeSet<String> differences = new TreeSet<>();
    for (FilePath path : all) {
      Kind kind = kind(before.get(path), after.get(path));
      if (kind != null) {
        differences.add(kind + " " + path);
      }
    }
    return differences;
  }

  private static @Nullable Kind kind(@Nullable Node before, @Nullable Node after) {
    if (before == null || after == null) {
      return before == null ? Kind.ADDED : Kind.REMOVED;
    }
    if (before.type() != after.type() || !before.content().equals(after.content())) {
      return Kind.CHANGED;
    }
    return before.modified().equals(after.modified()) ? null : Kind.METADATA_ONLY;
  }

  private static final List<String> GLOBS =
      List.of("a", "*.txt", "/a/**", "**/b", "b/*", "/*/a*", "[ab]?", "c", "*", "nowhere", "A*");

  @Property(tries = 100)
  void findsWhatTheModelFinds(@ForAll long seed) {
    with(
        seed,
        (repository, snapshots, random) -> {
          for (int i = 0; i < 5; i++) {
            FileQuery query = query(random);
            List<String> wanted = new ArrayList<>();
            snapshots.forEach(s -> wanted.addAll(matches(repository, s, query)));
            for (Unindexed how : new Unindexed[] {Unindexed.WALK, Unindexed.INDEX}) {
              List<String> found = new ArrayList<>();
              FileSearch search =
                  new FileSearch(
                      repository,
                      query,
                      hit -> {
                        assertEquals(repository.node(hit.snapshot(), hit.path()), hit.node());
                        found.add(hit.snapshot().id() + hit.path());
                      },
                      CANCEL);
              search.in(snapshots, how);
              assertEquals(
                  wanted.stream().sorted().toList(), found.stream().sorted().toList(), how::name);
            }
          }
          assertTrue(snapshots.stream().allMatch(repository.paths()::has));
        });
  }

  private static FileQuery query(Random random) {
    String glob = GLOBS.get(random.nextInt(GLOBS.size()));
    boolean ignoreCase = random.nextInt(3) == 0;
    PathPattern pattern =
        switch (random.nextInt(3)) {
          case 0 -> PathPattern.glob(glob, ignoreCase);
          case 1 -> PathPattern.restic(glob, ignoreCase);
          default -> PathPattern.regex("[AB]/.*[.]t|c$", ignoreCase);
        };
    return new FileQuery(
        pattern,
        FilePath.ROOT,
        random.nextInt(4) == 0 ? Instant.ofEpochSecond(1_790_000_040) : null,
        random.nextInt(4) == 0 ? Instant.ofEpochSecond(1_790_000_070, 3) : null,
        random.nextInt(4) == 0 ? 3L : null,
        random.nextInt(4) == 0 ? 10L : null);
  }

  private static List<String> matches(
      OpenRepository repository, Snapshot snapshot, FileQuery query) {
    List<String> found = new ArrayList<>();
    RandomSnapshots.flat(repository, snapshot)
        .forEach((path, node) -> {
          long state = query.pattern().start();
          for (byte[] name : path.components()) {
            state = query.pattern().step(state, FilePath.ofBytes(name).toString());
          }
          Instant time = Instant.ofEpochSecond(node.modified().seconds(), node.modified().nanos());
          boolean sized = query.larger() == null && query.smaller() == null;
          boolean size =
              node.isFile()
                  && (query.larger() == null || node.size() > query.larger())
                  && (query.smaller() == null || node.size() < query.smaller());
          if (query.pattern().matches(state, () -> "/" + path)
              && (query.newer() == null || time.isAfter(query.newer()))
              && (query.older() == null || time.isBefore(query.older()))
              && (sized || size)) {
            found.add(snapshot.id() + path);
          }
        });
    return found;
  }

  @Property(tries = 60)
  void globsAreTheRegularExpressionsThatTheyMean(@ForAll long seed) {
    Random random = new Random(seed);
    String path = "";
    long name = PathPattern.glob("*.t?t", false).start();
    long below = PathPattern.restic("b*", false).start();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      String part = List.of("a", "b", "bc", "x.txt", "y.tat").get(random.nextInt(5));
      path += "/" + part;
      name = PathPattern.glob("*.t?t", false).step(name, part);
      below = PathPattern.restic("b*", false).step(below, part);
    }
    String whole = path;
    assertEquals(
        Pattern.matches(".*\\.t.t", path),
        PathPattern.glob("*.t?t", false).matches(name, () -> whole));
    assertEquals(
        Pattern.compile("/b").matcher(path).find(),
        PathPattern.restic("b*", false).matches(below, () -> whole));
  }

  @Property(tries = 40)
  void versionsAreRowsOfEqualContent(@ForAll long seed) {
    with(
        seed,
        (repository, snapshots, _) -> {
          List<Snapshot> newestFirst = snapshots.reversed();
          for (FilePath path : RandomSnapshots.flat(repository, snapshots.getFirst()).keySet()) {
            List<PathVersion<Snapshot>> versions = new ArrayList<>();
            new PathVersions<Snapshot>(repository, path, s -> s, _ -> false)
                .find(newestFirst, versions::add, CANCEL);
            List<String> rows = new ArrayList<>();
            for (Snapshot snapshot : newestFirst) {
              Node node = RandomSnapshots.flat(repository, snapshot).get(path);
              String content = node == null ? "absent" : PathVersions.content(node);
              if (rows.isEmpty() || !Objects.equals(rows.getLast(), content)) {
                rows.add(content);
              }
            }
            assertEquals(
                rows,
                versions.stream().map(v -> v.node() == null ? "absent" : v.content()).toList());
            assertEquals(newestFirst.size(), versions.stream().mapToInt(PathVersion::count).sum());
          }
        });
  }
}
