package dev.backstay.workflow.job;

/// Where a job stands. After [#ENDED] its [dev.backstay.model.Outcome] says how.
public enum JobState {
  QUEUED,
  RUNNING,
  CANCELLING,
  ENDED
}
