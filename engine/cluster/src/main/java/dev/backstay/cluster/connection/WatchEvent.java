package dev.backstay.cluster.connection;

import tools.jackson.databind.node.ObjectNode;

/// What a watch saw.
///
/// @param type what happened
/// @param object the object after it; for DELETED its last state; empty for RELISTED
public record WatchEvent(Type type, ObjectNode object) {

  /// Kinds of events.
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED,
    /// The server forgot where we were (410): forget what you know; an ADDED for everything there
    /// is follows.
    RELISTED
  }
}
