package dev.backstay.workflow.restore;

import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.JobContext;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;

/// Takes a restore point of what a restore is about to replace. Implemented by the back-up job.
@FunctionalInterface
public interface SafetyBackUp {

  /// Called once the workloads are stopped, before anything is written.
  ///
  /// @param namespace where the PVCs are
  /// @param pvcs which PVCs are going to be written into
  /// @param job the restore job: its token, journal and log are used
  /// @return the id of the restore point
  /// @throws dev.backstay.model.EngineException if it could not be taken; then nothing is replaced
  String take(
      ClusterSession cluster,
      RepositorySession repository,
      String namespace,
      List<String> pvcs,
      JobContext job);
}
