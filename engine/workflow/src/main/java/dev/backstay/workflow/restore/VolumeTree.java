package dev.backstay.workflow.restore;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FileEntry;
import dev.backstay.model.FilePath;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import dev.backstay.workflow.job.ProgressCounter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The files of one volume in a restore point.
final class VolumeTree {

  /// Smaller files are read in one go: reading ahead only costs threads.
  private static final long SMALL = 1 << 20;

  private final OpenRepository repository;
  private final CancelToken cancel;
  private final List<FileEntry> entries = new ArrayList<>();
  private final Map<FilePath, Node> nodes = new HashMap<>();

  /// @param paths which of them; folders on the way to these are in it too
  /// @throws dev.backstay.model.NotFoundException if the restore point holds no data of the PVC
  VolumeTree(
      OpenRepository repository,
      Snapshot snapshot,
      String pvc,
      VolumePaths paths,
      CancelToken cancel) {
    this.repository = repository;
    this.cancel = cancel;
    Node folder =
        repository.node(snapshot, FilePath.of("volumes").resolve(FilePath.of(pvc).bytes()));
    entries.add(folder.entry(FilePath.ROOT));
    repository.walk(
        folder,
        (path, node) -> {
          boolean covered = paths.covers(path);
          boolean down = node.isFolder() && paths.below(path);
          if (covered || down) {
            entries.add(node.entry(path));
          }
          if (covered && node.isFile()) {
            nodes.put(path, node);
          }
          return down;
        },
        cancel);
  }

  /// The root first, folders before their content.
  List<FileEntry> entries() {
    return entries;
  }

  /// Without the folders that are only on the way.
  long files(VolumePaths paths) {
    return entries.stream()
        .filter(e -> e.type() != FileEntry.FileType.FOLDER || paths.covers(e.path()))
        .count();
  }

  long bytes() {
    return nodes.values().stream().mapToLong(Node::size).sum();
  }

  /// The content of a file; what is read of it counts as moved.
  InputStream open(FileEntry entry, ProgressCounter progress) {
    Node node = nodes.get(entry.path());
    if (node == null) {
      return InputStream.nullInputStream();
    }
    return new Counting(node.size() <= SMALL ? small(node) : repository.open(node), progress);
  }

  private InputStream small(Node node) {
    ByteArrayOutputStream content = new ByteArrayOutputStream((int) node.size());
    repository.read(node, 0, node.size(), content, cancel);
    return new ByteArrayInputStream(content.toByteArray());
  }

  private static final class Counting extends FilterInputStream {
    private final ProgressCounter progress;

    Counting(InputStream in, ProgressCounter progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      progress.moved(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = super.read(into, from, length);
      progress.moved(Math.max(0, count));
      return count;
    }
  }
}
