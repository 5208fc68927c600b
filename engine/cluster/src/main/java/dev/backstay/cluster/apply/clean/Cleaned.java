package dev.backstay.cluster.apply.clean;

import dev.backstay.cluster.manifest.ManifestKey;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What became of a stored object.
public sealed interface Cleaned {

  ManifestKey key();

  /// It can be applied.
  ///
  /// @param key where it goes to: the target's namespace
  /// @param object cleaned
  /// @param notes what a user should know of it: what was changed that matters, what may go wrong
  record Restorable(ManifestKey key, ObjectNode object, List<String> notes) implements Cleaned {
    public Restorable {
      notes = List.copyOf(notes);
    }
  }

  /// It is not restored.
  ///
  /// @param key as it was stored
  /// @param reason one sentence
  record LeftOut(ManifestKey key, String reason) implements Cleaned {}
}
