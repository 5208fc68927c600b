package dev.backstay.ui.window;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.repository.FileContent;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotDraft;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Makes real repositories large: more restore points like one that is there, and folders with many
/// entries in them.
final class Crowd {

  private Crowd() {}

  /// Adds restore points, an hour apart and older than the given one, with the same content.
  static void points(OpenRepository repository, Snapshot like, int count) {
    try (RepositoryWriter writer = repository.writer()) {
      for (int i = 1; i <= count; i++) {
        writer.commit(draft(like, like.time().minus(Duration.ofHours(i)), like.tree()));
      }
    }
  }

  /// Adds restore points of given times with the same content.
  static void at(OpenRepository repository, Snapshot like, List<Instant> times) {
    try (RepositoryWriter writer = repository.writer()) {
      times.forEach(time -> writer.commit(draft(like, time, like.tree())));
    }
  }

  /// Adds a restore point, a minute newer than the given one, whose PVC has a folder of files.
  static Snapshot folder(
      OpenRepository repository, Snapshot like, String pvc, String name, int files) {
    return folder(
        repository,
        like,
        pvc,
        name,
        writer -> {
          FileContent content = content(writer, "one of many\n".getBytes(StandardCharsets.UTF_8));
          NodeTime time = NodeTime.of(like.time());
          List<Node> nodes = new ArrayList<>();
          for (int i = 0; i < files; i++) {
            nodes.add(
                Node.file(String.format(Locale.ROOT, "file-%06d.txt", i), time)
                    .withContent(content.blobs(), content.size()));
          }
          return nodes;
        });
  }

  /// Adds a restore point, a minute newer than the given one, whose PVC has one more folder.
  static Snapshot folder(
      OpenRepository repository,
      Snapshot like,
      String pvc,
      String name,
      Function<RepositoryWriter, List<Node>> files) {
    try (RepositoryWriter writer = repository.writer()) {
      Node folder =
          Node.folder(name, NodeTime.of(like.time()))
              .withSubtree(writer.saveTree(files.apply(writer)));
      BlobId root = replaced(repository, writer, like.tree(), List.of("volumes", pvc), folder);
      return writer.commit(draft(like, like.time().plus(Duration.ofMinutes(1)), root));
    }
  }

  static FileContent content(RepositoryWriter writer, byte[] bytes) {
    return writer.saveFile(new ByteArrayInputStream(bytes), new CancelToken(), (_, _) -> {});
  }

  private static BlobId replaced(
      OpenRepository repository,
      RepositoryWriter writer,
      BlobId tree,
      List<String> path,
      Node added) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : repository.tree(tree)) {
      boolean here = !path.isEmpty() && node.name().equals(FilePath.of(path.getFirst()));
      BlobId below = node.subtree();
      nodes.add(
          here && below != null
              ? node.withSubtree(
                  replaced(repository, writer, below, path.subList(1, path.size()), added))
              : node);
    }
    if (path.isEmpty()) {
      nodes.add(added);
    }
    return writer.saveTree(nodes);
  }

  private static SnapshotDraft draft(Snapshot like, Instant time, BlobId tree) {
    return new SnapshotDraft(
        time,
        tree,
        like.paths(),
        like.hostname(),
        like.username(),
        like.excludes(),
        like.tags(),
        null,
        dev.backstay.repository.snapshot.FileCounts.NONE);
  }
}
