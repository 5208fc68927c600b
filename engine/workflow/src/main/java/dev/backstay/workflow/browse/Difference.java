package dev.backstay.workflow.browse;

import dev.backstay.model.FilePath;
import dev.backstay.repository.browse.TreeDifference;
import dev.backstay.repository.tree.Node;
import dev.backstay.workflow.repository.FileInfo;
import dev.backstay.workflow.repository.RepositorySession;
import org.jspecify.annotations.Nullable;

/// One path at which two restore points differ.
///
/// @param path absolute in both
/// @param kind how
/// @param before in the first, null if it was added
/// @param after in the second, null if it was removed
public record Difference(
    String path, Kind kind, @Nullable FileInfo before, @Nullable FileInfo after) {

  /// How they differ.
  public enum Kind {
    ADDED,
    REMOVED,
    /// Other content, or another type.
    CHANGED,
    /// The same content with another mode, owner or time.
    METADATA_ONLY
  }

  static Difference of(TreeDifference difference) {
    FilePath path = difference.path();
    return new Difference(
        "/" + path,
        switch (difference.kind()) {
          case ADDED -> Kind.ADDED;
          case REMOVED -> Kind.REMOVED;
          case CHANGED -> Kind.CHANGED;
          case METADATA_ONLY -> Kind.METADATA_ONLY;
        },
        shown(path, difference.before()),
        shown(path, difference.after()));
  }

  private static @Nullable FileInfo shown(FilePath path, @Nullable Node node) {
    return node == null ? null : RepositorySession.info(path, node);
  }
}
