package dev.backstay.repository.lock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A lock on a repository.
///
/// @param id the name of its file, 64 hex characters
/// @param time when it was written or renewed, or null if it cannot be read
/// @param exclusive whether nobody else may hold one
/// @param hostname where it is held: a machine, or the UID of a pod
/// @param username by whom
/// @param pid which process
public record LockInfo(
    String id,
    @Nullable Instant time,
    boolean exclusive,
    String hostname,
    String username,
    long pid) {

  /// Whether it says anything.
  public boolean readable() {
    return time != null;
  }
}
