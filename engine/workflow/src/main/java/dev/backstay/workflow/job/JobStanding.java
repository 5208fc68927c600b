package dev.backstay.workflow.job;

/// How a job of the list stands, in one word.
public enum JobStanding {
  QUEUED,
  RUNNING,
  CANCELLING,
  COMPLETED,
  COMPLETED_WITH_WARNINGS,
  PARTIALLY_FAILED,
  FAILED,
  CANCELLED,
  /// Its process is gone. It can be taken up or cleaned up after.
  INTERRUPTED;

  /// Whether nobody works on it any more.
  public boolean ended() {
    return switch (this) {
      case QUEUED, RUNNING, CANCELLING -> false;
      case COMPLETED, COMPLETED_WITH_WARNINGS, PARTIALLY_FAILED, FAILED, CANCELLED, INTERRUPTED ->
          true;
    };
  }
}
