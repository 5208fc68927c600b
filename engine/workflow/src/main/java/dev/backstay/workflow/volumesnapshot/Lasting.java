package dev.backstay.workflow.volumesnapshot;

import dev.backstay.cluster.temporary.LastingObjects;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.job.JobContext;

/// Makes objects that stay, all or none: what a failed or cancelled job had made is removed.
final class Lasting {

  private Lasting() {}

  static void make(JobContext context, LastingObjects lasting, Runnable making) {
    try {
      making.run();
      context.cancel().checkpoint();
      lasting.keep();
    } catch (EngineException e) {
      undo(context, lasting);
      throw e;
    }
  }

  private static void undo(JobContext context, LastingObjects lasting) {
    context.journal().step("clean-up");
    context.progress().phase("clean-up");
    try {
      lasting.undo().forEach(context::warn);
    } catch (EngineException e) {
      context.warn(ItemFailure.of("clean-up", e));
    }
  }
}
