package dev.backstay.workflow;

import dev.backstay.model.ConflictException;
import dev.backstay.model.InternalException;
import dev.backstay.workflow.job.JobHandle;

/// The engine as the command line and the window see it: open sessions, ask for plans, submit them.
///
/// Opening contacts nothing and starts no program. Safe for use by many threads.
public final class Engine implements AutoCloseable {

  private final EngineSettings settings;

  private Engine(EngineSettings settings) {
    this.settings = settings;
  }

  public static Engine open(EngineSettings settings) {
    return new Engine(settings);
  }

  public EngineSettings settings() {
    return settings;
  }

  /// Starts the job of a plan.
  ///
  /// @throws dev.backstay.model.ConflictException if the plan is blocked
  public JobHandle submit(Plan plan) {
    if (plan.blocked()) {
      throw new ConflictException(
          "plan.blocked", "the plan cannot be carried out", "look at the blockers it lists");
    }
    throw new InternalException("engine.no-runner", "no job runner yet", "");
  }

  @Override
  public void close() {}
}
