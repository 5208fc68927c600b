package dev.backstay.cluster.apply.ready;

import dev.backstay.cluster.manifest.ManifestKey;

/// A workload that has to stop while a PVC is written.
///
/// @param workload which
/// @param replicas how many it had; 1 for a CronJob that was not suspended
/// @param pvc one PVC for whose sake
public record Pause(ManifestKey workload, int replicas, String pvc) {}
