package dev.backstay.cluster.apply.plan;

/// What happens to one object.
public enum ObjectAction {
  CREATE,
  /// It exists and stays as it is.
  EXISTS_SKIP,
  OVERWRITE,
  /// It cannot be restored as asked.
  CONFLICT,
  /// It is never restored: something else makes it, or it has no meaning here.
  LEFT_OUT
}
