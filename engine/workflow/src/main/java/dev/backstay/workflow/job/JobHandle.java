package dev.backstay.workflow.job;

import dev.backstay.model.Outcome;
import java.time.Duration;
import java.util.Optional;

/// A submitted job, as its owner sees it. Safe for use by many threads.
public interface JobHandle {

  JobId id();

  JobSpec spec();

  JobProgress progress();

  /// Asks the job to stop. Returns at once; no new byte is written after ten seconds, and the
  /// clean-up that follows is part of the job.
  void cancel();

  /// Blocks until the job has ended, clean-up included.
  Outcome await();

  /// Blocks for at most this long.
  Optional<Outcome> await(Duration atMost);
}
