package dev.backstay.workflow.volumesnapshot;

import dev.backstay.cluster.temporary.Creations;
import dev.backstay.workflow.job.JobContext;

/// Tells a job's journal what is made and what is gone.
record Noted(JobContext context) implements Creations {

  @Override
  public void creating(String path) {
    context.journal().creating(path);
  }

  @Override
  public void removed(String path) {
    context.journal().removed(path);
  }
}
