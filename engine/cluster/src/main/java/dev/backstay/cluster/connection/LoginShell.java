package dev.backstay.cluster.connection;

import java.time.Duration;
import java.util.Map;

/// The PATH that the user's login shell has: a program started from a menu does not get it, and
/// then finds no exec plugins.
public final class LoginShell {

  private LoginShell() {}

  /// The environment with the login shell's PATH and well-known folders after its own. Runs
  /// `$SHELL` once, for at most the given time; when that fails, only the well-known folders are
  /// added.
  public static Map<String, String> environment(Map<String, String> process, Duration atMost) {
    return dev.backstay.cluster.Pending.body(process, atMost);
  }
}
