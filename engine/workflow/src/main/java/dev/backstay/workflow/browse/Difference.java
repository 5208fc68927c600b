package dev.backstay.workflow.browse;

import dev.backstay.workflow.repository.FileInfo;
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
}
