package dev.backstay.workflow.restore;

/// A workload that is stopped while its volumes are written, and started again afterwards.
///
/// @param workload `statefulsets.apps/db`
/// @param replicas how many it has now, and gets again; 1 for a CronJob that is suspended
/// @param reason for which PVC
public record PlannedPause(String workload, int replicas, String reason) {}
