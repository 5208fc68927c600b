package dev.backstay.ui.jobs;

import dev.backstay.workflow.job.JobSummary;

/// What can be done about jobs, besides looking.
public interface JobActions {

  /// Plans the same again, which takes a dead job up where it stopped.
  void again(JobSummary job);

  /// Shows what dead jobs left in clusters, and removes it when the user agrees.
  void cleanUp();
}
