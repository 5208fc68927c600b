package dev.backstay.workflow.restore;

import dev.backstay.model.CancelToken;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.journal.Journals;
import dev.backstay.workflow.point.RestorePoints;
import dev.backstay.workflow.repository.RepositorySession;

/// Computes restore plans. Writes nothing: what the server tries, it tries as a dry run.
public final class RestorePlanner {

  private final ClusterSession cluster;
  private final RepositorySession repository;
  private final RestorePoints points;
  private final Journals journals;
  private final SafetyBackUp safety;

  /// @param journals where the journal of a dead restore may be found, to be taken up
  /// @param safety how a restore point of replaced data is taken
  public RestorePlanner(
      ClusterSession cluster,
      RepositorySession repository,
      RestorePoints points,
      Journals journals,
      SafetyBackUp safety) {
    this.cluster = cluster;
    this.repository = repository;
    this.points = points;
    this.journals = journals;
    this.safety = safety;
  }

  /// The sessions must stay open until the plan's job has ended.
  ///
  /// @throws dev.backstay.model.EngineException if the restore point does not exist or the cluster
  ///   cannot be reached; whatever else is wrong is a blocker in the plan
  public RestorePlan plan(RestoreRequest request, CancelToken cancel) {
    cancel.checkpoint();
    if (cluster.context().isEmpty() || repository.id().isEmpty() || request.point().isEmpty()) {
      journals.all();
      points.list(request.filter());
    }
    throw new dev.backstay.model.InternalException("restore.pending", safety.getClass().getName(), "");
  }
}
