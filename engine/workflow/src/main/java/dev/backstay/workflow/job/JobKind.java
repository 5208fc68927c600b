package dev.backstay.workflow.job;

/// What a job does.
public enum JobKind {
  BACKUP,
  RESTORE,
  VOLUME_SNAPSHOT,
  CLEANUP,
  REBUILD
}
