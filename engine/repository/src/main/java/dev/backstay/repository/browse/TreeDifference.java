package dev.backstay.repository.browse;

import dev.backstay.model.FilePath;
import dev.backstay.repository.tree.Node;
import org.jspecify.annotations.Nullable;

/// One path at which two trees differ.
///
/// @param path relative to the roots that were compared, unless a path was given for them
/// @param before in the first, null if it was added
/// @param after in the second, null if it was removed
public record TreeDifference(
    FilePath path, Kind kind, @Nullable Node before, @Nullable Node after) {

  /// How they differ.
  public enum Kind {
    ADDED,
    REMOVED,
    /// Other content, or another type.
    CHANGED,
    /// The same content with another mode, owner or time.
    METADATA_ONLY
  }

  /// Whether a file became a folder, or the like.
  public boolean otherType() {
    return before != null && after != null && before.type() != after.type();
  }
}
