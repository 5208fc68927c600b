package dev.backstay.cluster.apply.plan;

import dev.backstay.cluster.manifest.ManifestKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What restoring one object would do.
///
/// @param key which object, in the target's namespace
/// @param action what happens to it
/// @param reason why, in one sentence; empty for a plain creation
/// @param notes what else a user should know
/// @param object what is sent, null if nothing is
/// @param live what exists now, null if nothing
/// @param recreate whether overwriting means deleting and creating, because a field cannot change
public record PlannedManifest(
    ManifestKey key,
    ObjectAction action,
    String reason,
    List<String> notes,
    @Nullable ObjectNode object,
    @Nullable Live live,
    boolean recreate) {

  /// An object at the moment of planning.
  public record Live(String uid, String resourceVersion) {}

  public PlannedManifest {
    notes = List.copyOf(notes);
  }

  /// Whether anything is written.
  public boolean writes() {
    return action == ObjectAction.CREATE || action == ObjectAction.OVERWRITE;
  }
}
