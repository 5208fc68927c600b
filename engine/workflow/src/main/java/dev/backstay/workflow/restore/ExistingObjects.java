package dev.backstay.workflow.restore;

/// What to do with objects that are there already.
public enum ExistingObjects {
  SKIP,
  OVERWRITE,
  /// Do not begin at all.
  FAIL
}
