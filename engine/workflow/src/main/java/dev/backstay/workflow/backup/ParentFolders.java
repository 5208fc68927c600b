package dev.backstay.workflow.backup;

import dev.backstay.model.FileEntry;
import dev.backstay.model.FilePath;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the parent restore point holds of a volume, one folder at a time: callers go from the root
/// down and finish a folder before the next, so only one folder's nodes are in memory. Used by one
/// thread.
final class ParentFolders {

  private final OpenRepository repository;
  private final Map<FilePath, BlobId> trees = new HashMap<>();
  private FilePath current = FilePath.ROOT;
  private Map<FilePath, Node> nodes = Map.of();
  private boolean loaded;

  /// @param parent the restore point to compare with, or null if there is none
  /// @param volume where the volume lies inside it
  ParentFolders(OpenRepository repository, @Nullable Snapshot parent, FilePath volume) {
    this.repository = repository;
    BlobId root = parent == null ? null : root(repository, parent, volume);
    if (root != null) {
      trees.put(FilePath.ROOT, root);
    }
  }

  private static @Nullable BlobId root(
      OpenRepository repository, Snapshot parent, FilePath volume) {
    try {
      return repository.node(parent, volume).subtree();
    } catch (NotFoundException e) {
      return null; // the PVC is new in this series
    }
  }

  /// The node that the parent has where the entry stands, or null.
  @Nullable Node find(FileEntry entry) {
    FilePath folder = entry.path().parent();
    if (!loaded || !folder.equals(current)) {
      load(folder);
    }
    return nodes.get(FilePath.ofBytes(entry.path().name()));
  }

  private void load(FilePath folder) {
    current = folder;
    loaded = true;
    BlobId tree = trees.remove(folder);
    nodes = tree == null ? Map.of() : new HashMap<>();
    if (tree == null) {
      return;
    }
    for (Node node : repository.tree(tree)) {
      nodes.put(node.name(), node);
      BlobId subtree = node.subtree();
      if (subtree != null) {
        trees.put(folder.resolve(node.name().bytes()), subtree);
      }
    }
  }

  /// Whether the parent's content of a file can stand for the file as it is now. As restic decides
  /// it: same size, mtime, ctime and inode.
  boolean unchanged(FileEntry entry, Node node) {
    return node.isFile()
        && node.size() == entry.size()
        && node.modified().same(entry.modified())
        && node.changed().same(entry.changed())
        && node.inode() == entry.inode()
        && node.content().stream().allMatch(repository::knows);
  }
}
