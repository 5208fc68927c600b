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
/// @param changes for what exists: the fields in which it differs from the restore point
/// @param recreate whether overwriting means deleting and creating, because a field cannot change
public record PlannedManifest(
    ManifestKey key,
    ObjectAction action,
    String reason,
    List<String> notes,
    @Nullable ObjectNode object,
    @Nullable Live live,
    List<FieldChange> changes,
    boolean recreate) {

  /// An object at the moment of planning.
  ///
  /// @param uid its uid
  /// @param resourceVersion its version
  /// @param content a hash of what users write of it: it outlives changes of the status
  public record Live(String uid, String resourceVersion, String content) {}

  public PlannedManifest {
    notes = List.copyOf(notes);
    changes = List.copyOf(changes);
  }

  /// With another verdict.
  PlannedManifest as(ObjectAction other, String why) {
    return new PlannedManifest(key, other, why, notes, object, live, changes, recreate);
  }

  PlannedManifest noted(String note) {
    List<String> more = new java.util.ArrayList<>(notes);
    more.add(note);
    return new PlannedManifest(key, action, reason, more, object, live, changes, recreate);
  }

  /// Whether anything is written.
  public boolean writes() {
    return action == ObjectAction.CREATE || action == ObjectAction.OVERWRITE;
  }
}
