package dev.backstay.cluster.apply.plan;

import dev.backstay.model.ItemFailure;
import java.util.List;

/// What restoring manifests would do.
///
/// @param createsNamespace whether the namespace is made first
/// @param objects in the order in which they are applied
/// @param missing permissions that the user does not have, verb by verb
/// @param blockers what forbids beginning
/// @param warnings what a user should know before
public record ManifestPlan(
    boolean createsNamespace,
    List<PlannedManifest> objects,
    List<ItemFailure> missing,
    List<ItemFailure> blockers,
    List<ItemFailure> warnings) {

  public ManifestPlan {
    objects = List.copyOf(objects);
    missing = List.copyOf(missing);
    blockers = List.copyOf(blockers);
    warnings = List.copyOf(warnings);
  }
}
