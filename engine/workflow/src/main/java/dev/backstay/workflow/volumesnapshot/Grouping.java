package dev.backstay.workflow.volumesnapshot;

/// Whether several PVCs are taken as one VolumeGroupSnapshot.
public enum Grouping {
  /// If a class serves them and their own labels select exactly them.
  AUTOMATIC,
  /// Or not at all; with a temporary label where theirs do not fit.
  ALWAYS,
  NEVER
}
