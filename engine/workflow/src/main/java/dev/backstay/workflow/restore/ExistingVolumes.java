package dev.backstay.workflow.restore;

/// What to do with a PVC that is there already.
public enum ExistingVolumes {
  /// Leave its data alone.
  KEEP,
  /// Write what the restore point holds; files that it does not hold stay.
  MERGE,
  /// Make it what the restore point holds; other files are deleted.
  MIRROR
}
