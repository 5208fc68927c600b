package dev.backstay.sandbox.state;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One change of one object. Nodes are never changed after they were stored.
///
/// @param before what it was; null for a new one
/// @param object what it is; for a deleted one, what it was last, with the version of the deletion
public record Change(
    long version, Type type, Resource resource, @Nullable ObjectNode before, ObjectNode object) {

  /// As watches say it.
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }
}
