package dev.backstay.workflow.cleanup;

import dev.backstay.cluster.temporary.TemporaryObjects;
import dev.backstay.cluster.temporary.TemporaryObjects.Found;
import dev.backstay.model.Listing;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.journal.JournalView;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds what dead jobs left in a cluster.
public final class CleanUpPlanner {

  private final Engine engine;
  private final ClusterSession cluster;

  public CleanUpPlanner(Engine engine, ClusterSession cluster) {
    this.engine = engine;
    this.cluster = cluster;
  }

  /// @param namespace where to look, empty for everywhere
  public CleanUpPlan plan(String namespace) {
    TemporaryObjects objects = new TemporaryObjects(cluster.connection(), cluster.types());
    Listing<Found> found = objects.find(engine.installation(), namespace);
    Set<String> alive =
        engine.journals().all().stream()
            .filter(JournalView::alive)
            .map(view -> view.job().text())
            .collect(Collectors.toSet());
    List<Found> dead = found.items().stream().filter(one -> !alive.contains(one.job())).toList();
    List<Leftover> leftovers =
        found.items().stream().map(one -> leftover(one, alive.contains(one.job()))).toList();
    return new CleanUpPlan(
        cluster.context(),
        leftovers,
        found.warnings(),
        cluster.blockers(),
        new CleanUpJob(engine, cluster, objects, dead, namespace.isEmpty()));
  }

  private static Leftover leftover(Found found, boolean inUse) {
    return new Leftover(
        found.job(),
        found.object().type().kind() + (found.labelOnly() ? " (only a label)" : ""),
        found.object().namespace(),
        found.object().name(),
        inUse);
  }
}
