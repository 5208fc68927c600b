package dev.backstay.repository.lock;

import java.util.List;

/// Which locks would be removed.
///
/// @param removed those that nobody holds any more, or all if that was asked for
/// @param kept the others
public record UnlockPlan(List<Removal> removed, List<LockInfo> kept) {

  /// A lock and why it goes.
  public record Removal(LockInfo lock, Reason reason) {}

  public enum Reason {
    /// Its process on this machine is gone.
    DEAD_PROCESS,
    /// Whoever knows about pods says that its pod is gone.
    GONE_HOLDER,
    /// It was not renewed for more than 30 minutes.
    STALE,
    /// All were to be removed.
    ASKED
  }
}
