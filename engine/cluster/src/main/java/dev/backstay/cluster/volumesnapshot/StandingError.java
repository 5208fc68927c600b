package dev.backstay.cluster.volumesnapshot;

import java.time.Duration;

/// What a driver says is wrong. Drivers recover from errors, so one is only believed after it stood
/// for a while.
public final class StandingError {

  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private String text = "";
  private long since;

  /// @param message what the object's status says now, or empty
  /// @return whether it is to be believed
  public boolean stands(String message) {
    if (message.isEmpty()) {
      since = 0;
    } else if (since == 0) {
      since = System.nanoTime();
    }
    text = message;
    return since != 0 && System.nanoTime() - since > PATIENCE.toNanos();
  }

  /// The last one, for the end of a sentence: empty, or behind a colon.
  public String tail() {
    return text.isEmpty() ? "" : ": " + text;
  }
}
