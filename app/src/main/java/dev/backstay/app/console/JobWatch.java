package dev.backstay.app.console;

import dev.backstay.model.Outcome;
import dev.backstay.workflow.job.JobHandle;
import dev.backstay.workflow.job.JobProgress;
import java.time.Duration;
import java.util.Optional;

/// Stays with a job until it has ended: draws its progress on standard error and lets Ctrl-C cancel
/// it.
public final class JobWatch {

  private static final Duration TICK = Duration.ofMillis(200);

  private final Console console;
  private final Interrupts interrupts;

  public JobWatch(Console console, Interrupts interrupts) {
    this.console = console;
    this.interrupts = interrupts;
  }

  /// Blocks until the job has ended, clean-up included.
  public Outcome watch(JobHandle job) {
    try (ProgressDisplay display = ProgressDisplay.on(console);
        Interrupts.Guard _ = interrupts.guard(job::cancel, () -> leftBehind(job))) {
      while (true) {
        Optional<Outcome> end = job.await(TICK);
        if (end.isPresent()) {
          return end.get();
        }
        JobProgress progress = job.progress();
        display.show(progress);
      }
    }
  }

  private static String leftBehind(JobHandle job) {
    return "Stopped before the clean-up of job "
        + job.id()
        + " was done: what it made in the cluster stays there until 'backstay cleanup', or until"
        + " the next job in that context removes it.";
  }
}
