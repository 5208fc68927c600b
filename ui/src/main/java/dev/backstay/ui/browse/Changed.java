package dev.backstay.ui.browse;

import dev.backstay.workflow.browse.Difference;
import dev.backstay.workflow.browse.LiveDifference;
import dev.backstay.workflow.repository.FileInfo;
import org.jspecify.annotations.Nullable;

/// One path at which two sides differ.
///
/// @param path absolute in both
/// @param kind how
/// @param before bytes on the first side, -1 if it is not there
/// @param after bytes on the second side, -1 if it is not there
record Changed(String path, Difference.Kind kind, long before, long after) {

  static Changed of(Difference difference) {
    return new Changed(
        difference.path(),
        difference.kind(),
        bytes(difference.before()),
        bytes(difference.after()));
  }

  static Changed of(LiveDifference difference) {
    return new Changed(
        difference.path(), difference.kind(), difference.stored(), difference.live());
  }

  private static long bytes(@Nullable FileInfo info) {
    return info == null ? -1 : info.entry().size();
  }
}
