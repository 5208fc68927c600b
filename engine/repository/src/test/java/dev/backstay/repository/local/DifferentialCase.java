package dev.backstay.repository.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.local.FolderState.Loss;
import dev.backstay.repository.local.RestoreOptions.ExistingFiles;
import dev.backstay.repository.peer.Peer;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.LocalStore;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What a differential test has of one seed: a random folder, and repositories that a peer opens
/// too.
final class DifferentialCase {

  static final CancelToken CANCEL = new CancelToken();
  static final String WORD = "p";

  private static final Secret PASSWORD = Secret.of(WORD);
  private static final RepositorySettings SETTINGS =
      RepositorySettings.ofThisMachine().withScryptCost(10);
  private static final BlobId NOTHING = new BlobId(0, 0, 0, 0);
  private static final int SEEDS = Integer.getInteger("backstay.differential.seeds", 2);

  private final Peer peer;
  private final long seed;
  private final Path place;
  private final Path source;

  DifferentialCase(Peer peer, long seed, Path work) throws Exception {
    this.peer = peer.required();
    this.seed = seed;
    place = Files.createDirectories(work.resolve(String.valueOf(seed)));
    source = Files.createDirectory(place.resolve("source"));
    new RandomFolder(seed).make(source);
  }

  /// As many as are asked for, or the one.
  static List<Long> seeds() {
    Long one = Long.getLong("backstay.differential.seed");
    List<Long> seeds = new ArrayList<>();
    for (long seed = 0; one == null && seed < SEEDS; seed++) {
      seeds.add(seed);
    }
    return one == null ? seeds : List.of(one);
  }

  @Override
  public String toString() {
    return peer + " " + peer.version() + ", seed " + seed;
  }

  Path source() {
    return source;
  }

  /// A path for this case alone.
  Path place(String name) {
    return place.resolve(name);
  }

  OpenRepository init(String name) {
    return Repository.init(new LocalStore(place(name)), PASSWORD, SETTINGS);
  }

  /// Cuts files as another one does.
  OpenRepository init(String name, OpenRepository like) {
    return Repository.init(new LocalStore(place(name)), PASSWORD, SETTINGS, like);
  }

  String run(String repository, String... arguments) {
    return run(peer, repository, arguments);
  }

  /// @param other the peer with other variables
  String run(Peer other, String repository, String... arguments) {
    return other.output(place(repository), WORD, arguments);
  }

  Snapshot backUp(OpenRepository repository) {
    return backUp(repository, null);
  }

  Snapshot backUp(OpenRepository repository, @Nullable Snapshot parent) {
    ArchiveReport report =
        new LocalArchiver(repository, InstantSource.system())
            .archive(
                List.of(source),
                new ArchiveOptions(List.of(), List.of("k=v"), "host", parent),
                CANCEL,
                Meter.NONE);
    assertEquals(List.of(), report.failures(), this::toString);
    return report.snapshot();
  }

  /// The source in a snapshot.
  Node folder(OpenRepository repository, Snapshot snapshot) {
    return repository.node(snapshot, FilePath.of(source.toString().substring(1)));
  }

  /// The source in a folder to which everything was restored.
  Path below(Path target) {
    return target.resolve(source.toString().substring(1));
  }

  void restore(OpenRepository repository, Snapshot snapshot, Path target) {
    RestoreReport report =
        new LocalRestorer(repository)
            .restore(
                folder(repository, snapshot),
                target,
                new RestoreOptions(ExistingFiles.FAIL, true, Samples.root()),
                CANCEL,
                Meter.NONE);
    assertEquals(List.of(), report.failures(), this::toString);
  }

  /// @param losses what was not backed up
  void restoredByUs(OpenRepository repository, Snapshot snapshot, Set<Loss> losses)
      throws Exception {
    Path target = place("ours-" + snapshot.shortId());
    restore(repository, snapshot, target);
    same(FolderState.of(source, losses), FolderState.of(target, losses));
    Samples.remove(target);
  }

  /// The same nodes, folder by folder, whatever their trees look like.
  ///
  /// @param bytes whether targets of links are compared that are no text
  void sameNodes(
      OpenRepository ours,
      List<Node> mine,
      OpenRepository theirs,
      List<Node> others,
      boolean bytes) {
    assertEquals(plain(mine, bytes), plain(others, bytes), this::toString);
    for (int i = 0; i < mine.size(); i++) {
      BlobId one = mine.get(i).subtree();
      BlobId other = others.get(i).subtree();
      if (one != null && other != null && !one.equals(other)) {
        sameNodes(ours, ours.tree(one), theirs, theirs.tree(other), bytes);
      }
    }
  }

  /// As they would be in a tree, without what a restic writes otherwise.
  private static List<String> plain(List<Node> nodes, boolean bytes) {
    return nodes.stream()
        .map(node -> (node.links() > 1 ? node : node.withDeviceId(0)))
        .map(node -> node.isFolder() ? node.withSubtree(NOTHING) : node)
        .map(node -> plain(node, bytes))
        .toList();
  }

  private static String plain(Node node, boolean bytes) {
    String json = new String(TreeCodec.encode(List.of(node)), StandardCharsets.UTF_8);
    return bytes ? json : json.replaceAll(",\"linktarget_raw\":\"[^\"]*\"", "");
  }

  void same(SortedMap<FilePath, String> expected, SortedMap<FilePath, String> found) {
    assertEquals("", FolderState.difference(expected, found), this::toString);
  }

  void sound(OpenRepository repository) {
    CheckReport report = repository.check(new CheckOptions(true), CANCEL, Meter.NONE);
    assertEquals(List.of(), report.findings(), this::toString);
  }

  /// So many snapshots are there, nothing is damaged, and the last one is the source.
  void whole(OpenRepository repository, int snapshots) throws Exception {
    assertEquals(snapshots, repository.snapshots().size(), this::toString);
    sound(repository);
    restoredByUs(repository, repository.snapshot("latest"), Set.of());
  }

  /// What the peer listed as JSON, a line for each node, is what we list.
  void sameList(String listing, OpenRepository repository, Snapshot snapshot) {
    List<String> theirs = new ArrayList<>();
    for (String line : listing.lines().toList()) {
      Map<String, String> fields = fields(line);
      if ("node".equals(fields.get("struct_type"))) {
        theirs.add(fields.get("type") + " " + plain(fields.getOrDefault("path", "")));
      }
    }
    assertEquals(list(repository, snapshot), theirs, this::toString);
  }

  List<String> list(OpenRepository repository, Snapshot snapshot) {
    List<String> ours = new ArrayList<>();
    repository.walk(
        repository.node(snapshot, FilePath.ROOT),
        (path, node) -> ours.add(node.type().word() + " " + plain("/" + path)),
        CANCEL);
    return ours;
  }

  private static Map<String, String> fields(String json) {
    JsonReader in = new JsonReader(json.getBytes(StandardCharsets.UTF_8), "the answer");
    Map<String, String> fields = new HashMap<>();
    in.object();
    while (in.more()) {
      String name = in.name();
      if (List.of("struct_type", "type", "path").contains(name)) {
        fields.put(name, in.string());
      } else {
        in.skip();
      }
    }
    return fields;
  }

  /// Go writes one replacement for each bad byte, Java one for several.
  private static String plain(String path) {
    return path.replaceAll("\ufffd+", "?");
  }
}
