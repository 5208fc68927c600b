package dev.backstay.workflow.lock;

/// What may be done in a context.
public enum LockState {
  /// Only what changes nothing.
  LOCKED,
  /// And back-ups, with the clean-up after them.
  BACKUP,
  /// Everything.
  UNLOCKED
}
