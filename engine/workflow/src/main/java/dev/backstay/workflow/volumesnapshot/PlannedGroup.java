package dev.backstay.workflow.volumesnapshot;

import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.volumesnapshot.GroupSelector;
import org.jspecify.annotations.Nullable;

/// The VolumeGroupSnapshot that would be taken.
///
/// @param type the kind as the server serves it
/// @param name its name
/// @param groupClass its VolumeGroupSnapshotClass
/// @param deletionPolicy that class's, or empty if unknown
/// @param own the selector that fits the PVCs by their own labels; null if they are labelled for
///   the time it takes
public record PlannedGroup(
    ResourceType type,
    String name,
    String groupClass,
    String deletionPolicy,
    @Nullable GroupSelector own) {

  /// Whether the PVCs get a label that is removed afterwards.
  public boolean temporaryLabel() {
    return own == null;
  }

  /// The selector in words.
  public String selector() {
    return own == null ? "a temporary label of the PVCs" : own.toString();
  }
}
