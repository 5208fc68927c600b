package dev.backstay.sandbox.state;

import java.time.Duration;
import java.util.Optional;

/// The trouble that the rest of the server asks for before it answers.
public interface Disturbance {

  /// @param code the HTTP status to answer with, or 0 to answer rightly
  record Fault(int code, Duration delay) {}

  /// Every request, before anything is made of it.
  ///
  /// @param target path and query as they were sent
  void seen(String method, String target);

  Optional<Fault> take(String verb, String resource);

  void awaitThaw() throws InterruptedException;

  void watchOpened(Runnable closer);

  void watchClosed(Runnable closer);

  Optional<String> volumeSnapshotError();

  /// How many bytes the stream that is opened now may carry.
  long streamBudget();

  /// In bytes per second; 0 for no limit.
  long streamRate();

  /// How often the streams that were open stood still for ever: one that was opened before the last
  /// time carries nothing more.
  long streamStalls();

  boolean evictThisMover();
}
