package dev.backstay.workflow.job;

/// Counters of a running job, added to by many threads and read by [JobHandle#progress()].
public interface ProgressCounter {

  /// Begins a phase: done counters and totals start again from zero.
  void phase(String name);

  /// Raises the totals of this phase; a total that was unknown becomes known.
  void expect(long items, long bytes);

  /// Work finished in this phase.
  void done(long items, long bytes);

  /// Bytes that really came through the network, of those done.
  void moved(long bytes);
}
