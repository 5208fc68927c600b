package dev.backstay.repository.stats;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Trees as numbers of blobs, each read once however many snapshots hold it: four bytes for each
/// piece of a file.
final class CompactTrees {

  private static final String BLOCKS = ".img";

  /// A folder with all that is below it.
  static final class Folder {
    private final int blob;
    private final int[] parts;
    private final List<Folder> folders;
    private final long files;
    private final long bytes;

    /// @param blob its own number, or -1 for one file alone
    /// @param parts numbers of the pieces of its files
    /// @param folders in it
    /// @param files in it and below
    /// @param bytes of those files; those that share an inode count each time
    private Folder(int blob, int[] parts, List<Folder> folders, long files, long bytes) {
      this.blob = blob;
      this.parts = parts;
      this.folders = folders;
      this.files = files;
      this.bytes = bytes;
    }

    long files() {
      return files;
    }

    long bytes() {
      return bytes;
    }
  }

  private final BlobFetcher fetcher;
  private final BlobTable blobs;
  private final CancelToken cancel;
  private final Meter meter;
  private final Map<Integer, Folder> known = new HashMap<>();

  CompactTrees(BlobFetcher fetcher, BlobTable blobs, CancelToken cancel, Meter meter) {
    this.fetcher = fetcher;
    this.blobs = blobs;
    this.cancel = cancel;
    this.meter = meter;
  }

  Folder root(BlobId tree) {
    int number = blobs.number(BlobKind.TREE, tree);
    Folder folder = known.get(number);
    if (folder == null) {
      folder = read(number, nodes(tree));
      known.put(number, folder);
    }
    return folder;
  }

  private List<Node> nodes(BlobId tree) {
    cancel.checkpoint();
    meter.add(1, 0);
    return TreeCodec.decode(fetcher.load(BlobKind.TREE, tree), "the tree " + tree.shortHex());
  }

  private Folder read(int number, List<Node> nodes) {
    int[] parts = parts(nodes);
    List<Folder> folders = new ArrayList<>();
    for (Node node : nodes) {
      BlobId subtree = node.subtree();
      if (node.isFolder() && subtree != null) {
        folders.add(root(subtree));
      }
    }
    long files = nodes.stream().filter(Node::isFile).count();
    long bytes = nodes.stream().filter(Node::isFile).mapToLong(Node::size).sum();
    return new Folder(
        number,
        parts,
        folders,
        files + folders.stream().mapToLong(Folder::files).sum(),
        bytes + folders.stream().mapToLong(Folder::bytes).sum());
  }

  private int[] parts(List<Node> nodes) {
    return nodes.stream()
        .flatMap(node -> node.content().stream())
        .mapToInt(id -> blobs.number(BlobKind.DATA, id))
        .toArray();
  }

  /// Marks everything that a folder refers to, itself included.
  void mark(Folder folder, BitSet used) {
    if (folder.blob >= 0) {
      if (used.get(folder.blob)) {
        return;
      }
      used.set(folder.blob);
    }
    Arrays.stream(folder.parts).forEach(used::set);
    folder.folders.forEach(below -> mark(below, used));
  }

  /// The volumes of a restore point: `/volumes/<pvc>` and `/blocks/<pvc>.img`.
  void volumes(BlobId root, BiConsumer<String, Folder> volumes) {
    for (Node node : nodes(root)) {
      BlobId subtree = node.subtree();
      if (subtree == null) {
        continue;
      }
      if (name(node).equals("volumes")) {
        nodes(subtree).forEach(pvc -> volume(pvc, volumes));
      } else if (name(node).equals("blocks")) {
        nodes(subtree).stream()
            .filter(pvc -> pvc.isFile() && name(pvc).endsWith(BLOCKS))
            .forEach(pvc -> volumes.accept(stem(pvc), alone(pvc)));
      }
    }
  }

  private void volume(Node pvc, BiConsumer<String, Folder> volumes) {
    BlobId files = pvc.subtree();
    if (files != null) {
      volumes.accept(name(pvc), root(files));
    }
  }

  private Folder alone(Node file) {
    return new Folder(-1, parts(List.of(file)), List.of(), 1, file.size());
  }

  private static String stem(Node file) {
    String name = name(file);
    return name.substring(0, name.length() - BLOCKS.length());
  }

  private static String name(Node node) {
    return new String(node.name().bytes(), StandardCharsets.UTF_8);
  }
}
