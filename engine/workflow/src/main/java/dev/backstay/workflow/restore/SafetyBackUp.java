package dev.backstay.workflow.restore;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.JobContext;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;
import java.util.Set;

/// Takes a restore point of what a restore is about to replace. Implemented with the back-up job.
public interface SafetyBackUp {

  /// What is going to be replaced.
  ///
  /// @param namespace where
  /// @param kinds kinds of the objects, as qualified plurals
  /// @param pvcs the PVCs that are written into
  record Replaced(String namespace, Set<String> kinds, List<String> pvcs) {

    public Replaced {
      kinds = Set.copyOf(kinds);
      pvcs = List.copyOf(pvcs);
    }

    boolean isEmpty() {
      return kinds.isEmpty() && pvcs.isEmpty();
    }
  }

  /// Whether it could be taken, with the rights that the user has.
  ///
  /// @param missing permissions that the user lacks for it, verb by verb
  /// @param blockers why it could not be taken whole; empty if it could
  record Prospect(List<ItemFailure> missing, List<ItemFailure> blockers) {

    static final Prospect NOT_NEEDED = new Prospect(List.of(), List.of());

    public Prospect {
      missing = List.copyOf(missing);
      blockers = List.copyOf(blockers);
    }
  }

  /// Looks ahead; writes nothing. Asked when a restore is planned, and once more before it stops
  /// any workload.
  ///
  /// @throws dev.backstay.model.EngineException if the cluster cannot be reached
  Prospect look(
      ClusterSession cluster, RepositorySession repository, Replaced replaced, CancelToken cancel);

  /// Called once the workloads are stopped, before anything is written.
  ///
  /// @param job the restore job: its token, journal and log are used
  /// @return the id of the restore point
  /// @throws dev.backstay.model.EngineException if it could not be taken; then nothing is replaced
  String take(
      ClusterSession cluster, RepositorySession repository, Replaced replaced, JobContext job);
}
