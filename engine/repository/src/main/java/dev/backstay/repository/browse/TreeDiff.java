package dev.backstay.repository.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.browse.TreeDifference.Kind;
import dev.backstay.repository.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Walks two trees in step, in the order of names. Equal folders are not looked into, and those
/// that come next are read by other threads.
public final class TreeDiff {

  /// What a listing shows of metadata: mode, owner and time of the last change.
  public static final BiPredicate<Node, Node> SHOWN =
      (a, b) ->
          a.mode() == b.mode()
              && a.uid() == b.uid()
              && a.gid() == b.gid()
              && a.modified().same(b.modified().fileTime());

  /// Everything that a tree holds, as restic compares it: also inode, ctime and what is in folders.
  public static final BiPredicate<Node, Node> EVERYTHING = Node::equals;

  private final TreesAhead trees;
  private final BiPredicate<Node, Node> sameMetadata;
  private final Consumer<TreeDifference> found;
  private final CancelToken cancel;

  private TreeDiff(
      TreesAhead trees,
      BiPredicate<Node, Node> sameMetadata,
      Consumer<TreeDifference> found,
      CancelToken cancel) {
    this.trees = trees;
    this.sameMetadata = sameMetadata;
    this.found = found;
    this.cancel = cancel;
  }

  /// @param path where both stand; of the root itself no metadata is compared
  /// @param before null if there is none
  /// @param after null if there is none
  /// @param sameMetadata [#SHOWN] or [#EVERYTHING]
  public static void compare(
      OpenRepository repository,
      FilePath path,
      @Nullable Node before,
      @Nullable Node after,
      BiPredicate<Node, Node> sameMetadata,
      Consumer<TreeDifference> found,
      CancelToken cancel) {
    try (TreesAhead trees = new TreesAhead(repository)) {
      new TreeDiff(trees, sameMetadata, found, cancel).compare(path, before, after);
    }
  }

  private void compare(FilePath path, @Nullable Node before, @Nullable Node after) {
    cancel.checkpoint();
    if (before == null || after == null || before.type() != after.type()) {
      gone(path, before, after);
      return;
    }
    if (!before.content().equals(after.content())
        || !Objects.equals(before.linkTarget(), after.linkTarget())) {
      found.accept(new TreeDifference(path, Kind.CHANGED, before, after));
    } else if (!path.isRoot() && !sameMetadata.test(before, after)) {
      found.accept(new TreeDifference(path, Kind.METADATA_ONLY, before, after));
    }
    if (differingFolders(before, after)) {
      below(path, before, after);
    }
  }

  private void gone(FilePath path, @Nullable Node before, @Nullable Node after) {
    if (before == null && after == null) {
      return;
    }
    Kind kind = before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
    found.accept(new TreeDifference(path, kind, before, after));
    if (differingFolders(before, after)) {
      below(path, before, after);
    }
  }

  private static boolean differingFolders(@Nullable Node before, @Nullable Node after) {
    return !Objects.equals(
        before == null ? null : before.subtree(), after == null ? null : after.subtree());
  }

  /// The same name on both sides, or on one.
  private record Pair(FilePath name, @Nullable Node before, @Nullable Node after) {}

  private void below(FilePath path, @Nullable Node before, @Nullable Node after) {
    List<Pair> pairs = pairs(trees.of(before), trees.of(after));
    int sent = 0;
    for (int i = 0; i < pairs.size(); i++) {
      for (; sent < Math.min(pairs.size(), i + TreesAhead.AHEAD); sent++) {
        Pair next = pairs.get(sent);
        if (differingFolders(next.before(), next.after())) {
          trees.send(next.before());
          trees.send(next.after());
        }
      }
      Pair pair = pairs.get(i);
      compare(path.resolve(pair.name().bytes()), pair.before(), pair.after());
    }
  }

  private static List<Pair> pairs(List<Node> before, List<Node> after) {
    List<Pair> pairs = new ArrayList<>();
    int b = 0;
    int a = 0;
    while (b < before.size() || a < after.size()) {
      int order =
          b == before.size()
              ? 1
              : a == after.size() ? -1 : before.get(b).name().compareTo(after.get(a).name());
      Node left = order <= 0 ? before.get(b++) : null;
      Node right = order >= 0 ? after.get(a++) : null;
      Node one = Objects.requireNonNull(left == null ? right : left);
      if (left == null || right == null || !left.equals(right)) {
        pairs.add(new Pair(one.name(), left, right));
      }
    }
    return pairs;
  }
}
