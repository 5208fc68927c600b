package dev.backstay.cluster.apply.plan;

/// What to do with an object that is there already.
public enum ExistingMode {
  /// Leave it as it is.
  SKIP,
  /// Make it what the restore point holds.
  OVERWRITE,
  /// Do not begin at all.
  FAIL
}
