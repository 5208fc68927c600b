package dev.backstay.workflow.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.tree.Node;
import dev.backstay.workflow.browse.Difference.Kind;
import dev.backstay.workflow.repository.FileInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Walks two trees in step.
final class TreeComparison {

  private final OpenRepository repository;
  private final Consumer<Difference> found;
  private final CancelToken cancel;

  TreeComparison(OpenRepository repository, Consumer<Difference> found, CancelToken cancel) {
    this.repository = repository;
    this.found = found;
    this.cancel = cancel;
  }

  /// @param before null if there is none
  void compare(FilePath path, @Nullable Node before, @Nullable Node after) {
    cancel.checkpoint();
    if (before == null || after == null || before.type() != after.type()) {
      gone(path, before, after);
      return;
    }
    if (!Objects.equals(before.content(), after.content())
        || !Objects.equals(before.linkTarget(), after.linkTarget())) {
      tell(path, Kind.CHANGED, before, after);
    } else if (!path.isRoot() && !sameMetadata(before, after)) {
      tell(path, Kind.METADATA_ONLY, before, after);
    }
    if (before.isFolder() && !Objects.equals(before.subtree(), after.subtree())) {
      below(path, children(before), children(after));
    }
  }

  private void gone(FilePath path, @Nullable Node before, @Nullable Node after) {
    if (before == null && after == null) {
      return;
    }
    Kind kind = before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
    tell(path, kind, before, after);
    boolean folders = (before != null && before.isFolder()) || (after != null && after.isFolder());
    if (folders) {
      below(path, children(before), children(after));
    }
  }

  private void below(FilePath path, Map<FilePath, Node> before, Map<FilePath, Node> after) {
    TreeMap<FilePath, Boolean> names = new TreeMap<>();
    before.keySet().forEach(name -> names.put(name, true));
    after.keySet().forEach(name -> names.put(name, true));
    names
        .keySet()
        .forEach(name -> compare(path.resolve(name.bytes()), before.get(name), after.get(name)));
  }

  private Map<FilePath, Node> children(@Nullable Node folder) {
    Map<FilePath, Node> children = new TreeMap<>();
    if (folder != null && folder.isFolder()) {
      List<Node> nodes = folder.subtree() == null ? List.of() : repository.tree(folder.subtree());
      nodes.forEach(node -> children.put(node.name(), node));
    }
    return children;
  }

  private static boolean sameMetadata(Node a, Node b) {
    return a.mode() == b.mode()
        && a.uid() == b.uid()
        && a.gid() == b.gid()
        && a.modified().same(b.modified().fileTime());
  }

  private void tell(FilePath path, Kind kind, @Nullable Node before, @Nullable Node after) {
    found.accept(new Difference("/" + path, kind, shown(path, before), shown(path, after)));
  }

  private static @Nullable FileInfo shown(FilePath path, @Nullable Node node) {
    return node == null ? null : RepositorySession.info(path, node);
  }
}
