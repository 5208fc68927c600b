package dev.backstay.workflow.lock;

import dev.backstay.cluster.lock.Grant;

/// How much a kind of job has to be allowed.
public enum JobNeeds {
  /// To make temporary objects, read volumes, and remove what is ours.
  BACKUP(Grant.BACKUP),
  /// To change what is there.
  EVERYTHING(Grant.ALL);

  private final Grant grant;

  JobNeeds(Grant grant) {
    this.grant = grant;
  }

  Grant grant() {
    return grant;
  }
}
