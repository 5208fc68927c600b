package dev.backstay.sandbox;

import java.util.ArrayList;
import java.util.List;

/// The requests that arrive, refused ones included. Nothing is kept until [#record()]. Safe for use
/// by many threads.
public final class Requests {

  private final List<String> seen = new ArrayList<>();
  private boolean recording;

  Requests() {}

  /// Forgets what was kept and keeps what arrives from now on.
  public synchronized void record() {
    seen.clear();
    recording = true;
  }

  /// What arrived since [#record()], oldest first: `GET /api/v1/pods?limit=500`.
  public synchronized List<String> seen() {
    return List.copyOf(seen);
  }

  synchronized void seen(String method, String target) {
    if (recording) {
      seen.add(method + " " + target);
    }
  }
}
