package dev.backstay.cluster.connection;

import java.time.Duration;

/// How long things may take.
///
/// @param connect until a connection is open
/// @param read between two bytes of an interactive answer
/// @param plugin an exec plugin that asks nobody
/// @param pluginWithUser an exec plugin that may talk to the user
/// @param shell the login shell, when asked for its PATH
/// @param firstPause before the first retry; each further one waits twice as long
/// @param attempts how often an idempotent call is tried
record Timing(
    Duration connect,
    Duration read,
    Duration plugin,
    Duration pluginWithUser,
    Duration shell,
    Duration firstPause,
    int attempts) {

  static final Timing STANDARD =
      new Timing(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(250),
          5);
}
