package dev.backstay.workflow.job;

import dev.backstay.model.Outcome;
import dev.backstay.workflow.lock.JobGrant;
import java.util.Optional;

/// The body of a job: one class per kind.
public interface Job {

  JobSpec spec();

  /// What it is granted in its context while it runs; empty for a job that touches no cluster.
  default Optional<JobGrant> grant() {
    return Optional.empty();
  }

  /// Does the work on the calling (virtual) thread. An [dev.backstay.model.EngineException] that
  /// escapes becomes `Failed`, a cancellation `Cancelled`; everything temporary is removed before
  /// it returns or throws.
  Outcome run(JobContext context);
}
