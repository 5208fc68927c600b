package dev.backstay.repository.browse;

import dev.backstay.model.FilePath;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds one path in many snapshots: a folder that is the same in several is looked into once. Not
/// safe for use by several threads.
public final class PathLookup {

  private final OpenRepository repository;
  private final List<FilePath> names;
  // For each depth what a tree is known to lead to.
  private final List<Map<BlobId, Optional<Node>>> known = new ArrayList<>();

  public PathLookup(OpenRepository repository, FilePath path) {
    this.repository = repository;
    this.names = path.components().stream().map(FilePath::ofBytes).toList();
    names.forEach(_ -> known.add(new HashMap<>()));
  }

  /// @param root a snapshot's tree
  public Optional<Node> in(BlobId root) {
    return names.isEmpty()
        ? Optional.of(Node.folder("", NodeTime.EPOCH).withSubtree(root))
        : below(0, root);
  }

  private Optional<Node> below(int depth, BlobId tree) {
    Optional<Node> before = known.get(depth).get(tree);
    if (before != null) {
      return before;
    }
    Optional<Node> found = child(tree, names.get(depth));
    if (depth + 1 < names.size()) {
      found =
          found
              .flatMap(folder -> Optional.ofNullable(folder.subtree()))
              .flatMap(subtree -> below(depth + 1, subtree));
    }
    known.get(depth).put(tree, found);
    return found;
  }

  private Optional<Node> child(BlobId tree, FilePath name) {
    return repository.tree(tree).stream().filter(node -> node.name().equals(name)).findFirst();
  }
}
