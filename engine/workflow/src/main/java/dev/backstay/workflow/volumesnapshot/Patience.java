package dev.backstay.workflow.volumesnapshot;

import java.time.Duration;

/// How long a job waits for the cluster.
///
/// @param waits whether it waits until what it asked for is there, or only until the server has
///   accepted it
/// @param atMost how long
public record Patience(boolean waits, Duration atMost) {

  public static final Patience DEFAULT = new Patience(true, Duration.ofMinutes(5));
}
