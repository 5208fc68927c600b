package dev.backstay.repository.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.repository.FileContent;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.snapshot.FileCounts;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotDraft;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Snapshots of made-up folders of which each is a little different from the one before.
final class RandomSnapshots {

  private final RepositoryWriter writer;
  private final Random random;
  private final Folder root = new Folder();
  private int committed;

  /// A folder that changes.
  private static final class Folder {
    final Map<FilePath, Folder> folders = new TreeMap<>();
    final Map<FilePath, Node> files = new TreeMap<>();
    long time = 1_790_000_000;
  }

  RandomSnapshots(RepositoryWriter writer, Random random) {
    this.writer = writer;
    this.random = random;
  }

  private FilePath name() {
    String alphabet = random.nextInt(8) == 0 ? "ä\"b\n" : "abc";
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      name.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return FilePath.of(random.nextInt(3) == 0 ? name + ".txt" : name.toString());
  }

  private Node file(FilePath name) {
    int size = random.nextInt(6);
    byte[] bytes = "x".repeat(size * size).getBytes(StandardCharsets.US_ASCII);
    FileContent content =
        writer.saveFile(new ByteArrayInputStream(bytes), new CancelToken(), Meter.NONE);
    NodeTime time = new NodeTime(1_790_000_000 + random.nextInt(100), random.nextInt(2) * 5, 0);
    return Node.file("x", time).withName(name).withContent(content.blobs(), content.size());
  }

  private void change(Folder folder, int depth) {
    FilePath name = name();
    switch (random.nextInt(10)) {
      case 0 -> folder.files.remove(name);
      case 1 -> folder.folders.remove(name);
      case 2 -> folder.time++;
      case 3, 4, 5 -> {
        folder.folders.remove(name);
        folder.files.put(name, file(name));
      }
      default -> {
        if (depth < 4) {
          folder.files.remove(name);
          change(folder.folders.computeIfAbsent(name, _ -> new Folder()), depth + 1);
        }
      }
    }
  }

  private BlobId save(Folder folder) {
    List<Node> nodes = new ArrayList<>(folder.files.values());
    folder.folders.forEach((name, below) ->
        nodes.add(
            Node.folder("x", new NodeTime(below.time, 0, 0))
                .withName(name)
                .withSubtree(save(below))));
    return writer.saveTree(nodes);
  }

  Snapshot next(int changes) {
    for (int i = 0; i < changes; i++) {
      change(root, 0);
    }
    return writer.commit(
        new SnapshotDraft(
            Instant.parse("2026-11-23T10:00:00Z").plusSeconds(committed++),
            save(root),
            List.of("/data"),
            "host",
            "user",
            List.of(),
            List.of(),
            null,
            FileCounts.NONE));
  }

  /// All paths of a snapshot, the simple way.
  static Map<FilePath, Node> flat(OpenRepository repository, Snapshot snapshot) {
    Map<FilePath, Node> all = new TreeMap<>();
    flat(repository, FilePath.ROOT, snapshot.tree(), all);
    return all;
  }

  private static void flat(
      OpenRepository repository, FilePath at, BlobId tree, Map<FilePath, Node> all) {
    for (Node node : repository.tree(tree)) {
      FilePath path = at.resolve(node.name().bytes());
      all.put(path, node);
      if (node.subtree() != null) {
        flat(repository, path, node.subtree(), all);
      }
    }
  }
}
