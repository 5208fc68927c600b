package dev.backstay.cluster.apply.clean;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What restoring one kind needs beyond what every kind needs.
interface KindRule {

  /// Why the object is not restored, or null if it is. The object is as it was stored.
  default @Nullable String leftOut(ObjectNode object, CleanContext context) {
    return null;
  }

  /// Edits the object; `metadata` has been cleaned before, `status` is gone.
  ///
  /// @param stored as it was stored
  void clean(ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes);
}
