package dev.backstay.workflow.job;

import dev.backstay.model.Outcome;

/// The body of a job: one class per kind.
public interface Job {

  JobSpec spec();

  /// Does the work on the calling (virtual) thread. An [dev.backstay.model.EngineException] that
  /// escapes becomes `Failed`, a cancellation `Cancelled`; everything temporary is removed before
  /// it returns or throws.
  Outcome run(JobContext context);
}
