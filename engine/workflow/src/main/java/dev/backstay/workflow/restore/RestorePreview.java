package dev.backstay.workflow.restore;

import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import java.util.List;

/// Everything that a restore would do, for tables and JSON.
///
/// @param point what is restored
/// @param context the context it goes to
/// @param namespace the namespace it goes to
/// @param createsNamespace whether that is made first
/// @param objects in the order in which they are applied, those left out at the end
/// @param volumes the PVCs' data
/// @param pauses what is stopped while volumes are written
/// @param safetyBackUp whether a restore point of what is replaced is taken first
/// @param missing permissions that the user does not have, verb by verb
/// @param blockers what forbids beginning
/// @param warnings what a user should know before
public record RestorePreview(
    RestorePoint point,
    String context,
    String namespace,
    boolean createsNamespace,
    List<PlannedObject> objects,
    List<PlannedVolume> volumes,
    List<PlannedPause> pauses,
    boolean safetyBackUp,
    List<ItemFailure> missing,
    List<ItemFailure> blockers,
    List<ItemFailure> warnings) {

  public RestorePreview {
    objects = List.copyOf(objects);
    volumes = List.copyOf(volumes);
    pauses = List.copyOf(pauses);
    missing = List.copyOf(missing);
    blockers = List.copyOf(blockers);
    warnings = List.copyOf(warnings);
  }

  /// How many objects get the action.
  public long count(PlannedObject.Action action) {
    return objects.stream().filter(o -> o.action() == action).count();
  }
}
