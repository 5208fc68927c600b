package dev.backstay.repository.browse;

import dev.backstay.repository.tree.Node;
import org.jspecify.annotations.Nullable;

/// A path as it was in one or several snapshots in a row.
///
/// @param newest the newest that holds it so
/// @param oldest the oldest of that row
/// @param count how many hold it so
/// @param presence whether they hold it at all
/// @param node what the newest one holds, null unless it is present
/// @param content names its content: equal contents have equal names; empty unless it is present
public record PathVersion<T>(
    T newest, T oldest, int count, Presence presence, @Nullable Node node, String content) {

  /// Whether a snapshot holds a path.
  public enum Presence {
    PRESENT,
    ABSENT,
    /// The snapshot cannot be read there.
    UNREADABLE
  }

  PathVersion<T> upTo(T older) {
    return new PathVersion<>(newest, older, count + 1, presence, node, content);
  }

  boolean sameAs(PathVersion<T> other) {
    return presence == other.presence && content.equals(other.content);
  }
}
